import type { ExportedRun } from "@lazyruns/core";
import { arrowColumns } from "@lazyruns/dataframes/arrow";
import type { Cache } from "../cache/cache.ts";
import { type Range, unite } from "../cache/ranges.ts";
import { type LocalFile, StoredFile } from "../cache/stored-file.ts";
import { nameOf } from "../remote/file-name.ts";
import { cast, concat, nulls, type Rows } from "./columns.ts";
import { CorruptFileError, corrupt } from "./corrupt.ts";
import { type Decoded, DecodeError, decoder, nextFile } from "./decoder.ts";
import { type Chunk, type Footer, type RowGroup, readFooter } from "./footer.ts";
import type { FoundColumn, WantedColumn } from "./wanted-columns.ts";

/** Rows that are decoded at once, a piece of a row group. */
const BATCH_ROWS = 65_536;

/** How a row group is read. */
export interface DecodeOptions {
  /** Has its bytes on this machine; called again, when they were thrown away. */
  readonly fetch?: ((isAgain: boolean) => Promise<unknown>) | undefined;
  readonly signal: AbortSignal | undefined;
}

/** One file that a run's history is in, its footer read. */
export class ExportedFile {
  readonly stored: StoredFile;
  readonly footer: Footer;
  #id = nextFile();

  private constructor(stored: StoredFile, footer: Footer) {
    this.stored = stored;
    this.footer = footer;
  }

  /**
   * Reads a file's footer. What is no Parquet file is fetched once more.
   *
   * @throws CorruptFileError naming the file
   */
  static async open(
    run: ExportedRun,
    url: string,
    cache: Cache,
    signal: AbortSignal | undefined,
  ): Promise<ExportedFile> {
    const stored = await StoredFile.open(run, url, cache, signal);
    return retrying(stored, async () => new ExportedFile(stored, await readFooter(stored, signal)));
  }

  /**
   * Has the bytes of some columns and row groups on this machine, as far as there is a cache.
   *
   * @returns the local file; undefined where there is no cache
   */
  fetch(
    columns: readonly FoundColumn[],
    rowGroups: readonly RowGroup[],
    signal: AbortSignal | undefined,
  ): Promise<LocalFile | undefined> {
    const chunks = rowGroups.flatMap((group) => chunksOf(group, columns));
    return this.stored.fetch([{ start: 0, end: 4 }, ...chunks, this.footer.range], signal);
  }

  /**
   * Decodes a row group. Where it is broken, its bytes are fetched once more.
   *
   * @returns its rows in the file's order, with all of `wanted`
   * @throws CorruptFileError naming the file
   */
  decode(
    group: RowGroup,
    columns: readonly FoundColumn[],
    wanted: readonly WantedColumn[],
    { fetch, signal }: DecodeOptions,
  ): Promise<Rows> {
    return retrying(this.stored, async (isAgain) => {
      await fetch?.(isAgain);
      const { batches } = await this.#decode(group, columns, false, signal);
      const rows: Rows[] = [];
      for (const batch of batches) rows.push(await this.#rows(batch, columns, wanted));
      return concat(rows.length > 0 ? rows : [none(wanted)]);
    });
  }

  /**
   * Has bytes on this machine that can be given to a library which bears no broken ones: they were decoded once.
   *
   * @returns undefined where there is no cache
   * @throws CorruptFileError naming the file
   */
  fetchProved(
    columns: readonly FoundColumn[],
    groups: readonly RowGroup[],
    signal: AbortSignal | undefined,
  ): Promise<LocalFile | undefined> {
    return retrying(this.stored, async () => {
      const local = await this.fetch(columns, groups, signal);
      const chunks = groups.map((group) => chunksOf(group, columns));
      if (local === undefined || local.isProved(chunks.flat())) return local;
      try {
        for (const group of groups) await this.#decode(group, columns, true, signal);
        await local.prove(chunks.flat());
      } catch (error) {
        local.release();
        throw error;
      }
      return local;
    });
  }

  /** @param isCheck - whether nothing but the number of rows is wanted */
  async #decode(
    group: RowGroup,
    columns: readonly FoundColumn[],
    isCheck: boolean,
    signal: AbortSignal | undefined,
  ): Promise<Decoded> {
    signal?.throwIfAborted();
    const ranges = unite(chunksOf(group, columns));
    const parts = await Promise.all(
      ranges.map(async (range) => part(range, await this.stored.read(range, signal))),
    );
    const all = columns.length === this.footer.columns.length;
    try {
      const decoded = await decoder.decode({
        file: this.#id,
        size: this.stored.size,
        rowGroup: this.footer.rowGroups.indexOf(group),
        columns: all ? undefined : columns.map(({ column }) => column.path.join(".")),
        batchRows: BATCH_ROWS,
        isCheck,
        parts,
        footer: part(this.footer.range, this.footer.bytes),
      });
      if (decoded.numRows !== group.numRows) {
        throw new DecodeError(`a row group has ${decoded.numRows} rows and says ${group.numRows}`);
      }
      return decoded;
    } catch (error) {
      this.#id = nextFile();
      if (!(error instanceof DecodeError)) throw error;
      throw corrupt(this.stored.name, error.message, error);
    }
  }

  async #rows(
    ipc: Uint8Array,
    columns: readonly FoundColumn[],
    wanted: readonly WantedColumn[],
  ): Promise<Rows> {
    const read = await arrowColumns(ipc, {
      columns: columns.map(({ name, column }) => ({ name, path: column.path })),
    });
    const byName = new Map(read.columns.map((column) => [column.name, column]));
    return {
      numRows: read.numRows,
      columns: wanted.map(({ name, dtype }) => {
        const column = byName.get(name);
        return column === undefined ? nulls(name, dtype, read.numRows) : cast(column, dtype);
      }),
    };
  }
}

/** Does what a broken file makes fail once more, with the file fetched anew. */
async function retrying<T>(stored: StoredFile, work: (isAgain: boolean) => Promise<T>): Promise<T> {
  try {
    return await work(false);
  } catch (error) {
    if (!(error instanceof CorruptFileError)) throw error;
    await stored.forget();
    return await work(true);
  }
}

/** Files in the order that their places have, for urls come in none. */
export function inOrder(run: ExportedRun): string[] {
  const places = run.urls.map((url) => ({ url, place: nameOf(run, url).place }));
  const sorted = places.sort((a, b) => (a.place < b.place ? -1 : a.place > b.place ? 1 : 0));
  return sorted.filter(({ place }, index) => place !== sorted[index - 1]?.place).map(({ url }) => url);
}

function none(wanted: readonly WantedColumn[]): Rows {
  return { numRows: 0, columns: wanted.map(({ name, dtype }) => nulls(name, dtype, 0)) };
}

function part({ start }: Range, bytes: Uint8Array): { start: number; bytes: Uint8Array } {
  return { start, bytes };
}

function chunksOf({ chunks }: RowGroup, columns: readonly FoundColumn[]): Chunk[] {
  return chunks.filter(({ path }) =>
    columns.some(({ column }) => column.path.every((name, index) => path[index] === name)),
  );
}
