import { openAsBlob } from "node:fs";
import { type HistoryTable, LazyrunsError } from "@lazyruns/core";
import { fromArrow } from "@lazyruns/dataframes/arrow";
import type { ParquetRows } from "@lazyruns/dataframes/parquet";
import type { ParquetFile } from "parquet-wasm";
import type { Slice, StoredFile } from "../dataset/stored-file.ts";
import { isWhole } from "../files/whole.ts";
import { BYTES_A_VALUE } from "../stage/table-bytes.ts";

/** Files that stay open while their rows are read one after another. */
const OPEN_FILES = 8;
const MOST_ROWS = 65_536;
const MOST_BYTES = 64 * 1024 * 1024;

/** How many rows are read at a time that have so many columns: tables of very many metrics are mostly nulls, which take memory too. */
function rowsAtOnce(columns: number): number {
  return Math.max(8, Math.min(MOST_ROWS, Math.floor(MOST_BYTES / (BYTES_A_VALUE * columns)) & ~7));
}

/** Reads rows of files of the dataset, in pieces of bounded size, under the names under which they were logged. */
export class SliceReader {
  readonly #files = new Map<StoredFile, ParquetFile>();
  readonly #checked = new Set<StoredFile>();

  /**
   * @param columns - how many the rows are going to have
   * @throws LazyrunsError when a file doesn't hold what it should
   */
  async *read(slices: readonly Slice[], columns = 0): AsyncGenerator<ParquetRows, void, undefined> {
    for (const { file, start, rows } of together(slices)) {
      const opened = await this.#open(file);
      let read = 0;
      const most = rowsAtOnce(Math.max(columns, file.columns.length));
      for (const { group, offset, limit } of groupsOf(opened, start, rows, most)) {
        const table = await this.#readGroup(file, opened, group, offset, limit);
        read += table.numRows;
        yield logged(table, file);
      }
      if (read !== rows) throw broken(file, `of ${rows} rows ${read} can be read`);
    }
  }

  close(): void {
    for (const opened of this.#files.values()) opened.free();
    this.#files.clear();
  }

  async #readGroup(
    file: StoredFile,
    opened: ParquetFile,
    group: number,
    offset: number,
    limit: number,
  ): Promise<HistoryTable> {
    try {
      const read = await opened.read({ rowGroups: [group], offset, limit });
      return await fromArrow(read.intoIPCStream());
    } catch (error) {
      throw broken(file, error instanceof Error ? error.message : String(error), error);
    }
  }

  async #open(file: StoredFile): Promise<ParquetFile> {
    const known = this.#files.get(file);
    if (known !== undefined) return known;
    if (this.#files.size >= OPEN_FILES) {
      const [oldest] = this.#files.keys();
      if (oldest !== undefined) {
        this.#files.get(oldest)?.free();
        this.#files.delete(oldest);
      }
    }
    if (!this.#checked.has(file) && !(await isWhole(file.path, file))) {
      throw broken(
        file,
        "its bytes aren't those that were written. Delete it and export again: its runs are fetched anew",
      );
    }
    this.#checked.add(file);
    try {
      const library = await import("parquet-wasm");
      const opened = await library.ParquetFile.fromFile(await openAsBlob(file.path));
      this.#files.set(file, opened);
      return opened;
    } catch (error) {
      throw broken(file, error instanceof Error ? error.message : String(error), error);
    }
  }
}

/** Slices of a file that follow one another, as one. */
function together(slices: readonly Slice[]): Slice[] {
  const all: Slice[] = [];
  for (const slice of slices) {
    const last = all.at(-1);
    if (last?.file === slice.file && last.start + last.rows === slice.start) {
      all[all.length - 1] = { ...last, rows: last.rows + slice.rows };
    } else all.push(slice);
  }
  return all;
}

interface GroupRows {
  readonly group: number;
  readonly offset: number;
  readonly limit: number;
}

function* groupsOf(
  file: ParquetFile,
  start: number,
  rows: number,
  most: number,
): Generator<GroupRows, void, undefined> {
  const metadata = file.metadata();
  let first = 0;
  for (let group = 0; group < metadata.numRowGroups() && first < start + rows; group++) {
    const size = metadata.rowGroup(group).numRows();
    const end = Math.min(first + size, start + rows);
    for (let at = Math.max(first, start); at < end; at += most) {
      yield { group, offset: at - first, limit: Math.min(most, end - at) };
    }
    first += size;
  }
}

/** Rows under the names under which they were logged, without the columns that hold nothing. */
function logged(table: HistoryTable, { columns }: StoredFile): ParquetRows {
  const names = new Map(
    columns.filter(({ dtype }) => dtype !== "null").map(({ source, name }) => [source, name]),
  );
  return {
    numRows: table.numRows,
    columnNames: [...names.keys()],
    column: (source) => table.column(names.get(source) ?? source),
  };
}

function broken({ path }: StoredFile, why: string, cause?: unknown): LazyrunsError {
  return new LazyrunsError(`${path} can't be read: ${why}.`, { operation: "exporting a project", cause });
}
