import { type AnyColumn, type DType, InvalidArgumentError } from "@lazyruns/core";
import { ipcStream } from "../arrow/ipc-stream.ts";
import { canCast, castColumn } from "../columns/cast-column.ts";
import type { FramePlan, PlannedColumn } from "../columns/plan.ts";
import type { Columns } from "../columns/source.ts";
import { Warner } from "../columns/warner.ts";
import type { ParquetCompression } from "./options.ts";
import { ParquetWriter } from "./parquet-writer.ts";

/** A column of a Parquet file that is written table by table. */
export interface ParquetColumn {
  readonly name: string;
  /** As of a table's columns; a column of type `"null"` is written as doubles, which every reader knows. */
  readonly dtype: DType;
}

/** How a file is made that is written table by table. */
export interface ParquetWriterOptions {
  /** All columns of the file, in their order. */
  readonly columns: readonly ParquetColumn[];
  /** How the values are packed. Default `"zstd"`. */
  readonly compression?: ParquetCompression | undefined;
}

/** Rows by columns: a `HistoryTable` is one. */
export interface ParquetRows {
  readonly numRows: number;
  readonly columnNames: readonly string[];
  column(name: string): AnyColumn;
}

/**
 * A Parquet file that is written table by table, with columns that are named in advance: a column that a table hasn't is
 * null in its rows, whole numbers go into columns of doubles, and anything into one of JSON text. What is in memory is a
 * table and a row group (131,072 rows or 128 MB), however long the file gets.
 *
 * The file takes its name by `close()`, whole and flushed to the disk, when it holds as many rows as were given;
 * `abort()` leaves none. One of them must be called. A process that is killed leaves a hidden `.lazyruns-….tmp`.
 * One call at a time.
 *
 * @example
 * const columns = [{ name: "run_id", dtype: "utf8" }, { name: "loss", dtype: "float64" }] as const;
 * const writer = await ParquetTableWriter.open("loss.parquet", { columns });
 * try {
 *   for await (const { table } of runs.historyStream({ keys: ["loss"] })) await writer.write(table);
 *   await writer.close();
 * } catch (error) {
 *   await writer.abort();
 *   throw error;
 * }
 */
export class ParquetTableWriter {
  readonly #path: string;
  readonly #writer: ParquetWriter;
  readonly #columns: readonly ParquetColumn[];
  readonly #names: ReadonlySet<string>;
  readonly #planned: readonly PlannedColumn[];
  readonly #inexact = new Set<string>();
  #numRows = 0;
  #bytes = 0;
  #hasPiece = false;

  private constructor(path: string, writer: ParquetWriter, columns: readonly ParquetColumn[]) {
    this.#path = path;
    this.#writer = writer;
    this.#columns = columns;
    this.#names = new Set(columns.map(({ name }) => name));
    this.#planned = planned(columns);
  }

  /**
   * Starts a file.
   *
   * @param path - of the file; what is there stays until `close()`
   * @throws InvalidArgumentError for no columns, or two of a name; and where no file can be: the folder is missing, or
   *   something else has the name
   * @throws LazyrunsError where none may be made
   */
  static async open(path: string, options: ParquetWriterOptions): Promise<ParquetTableWriter> {
    const { columns, compression = "zstd" } = options;
    const names = new Set(columns.map(({ name }) => name));
    if (columns.length === 0 || names.size !== columns.length) {
      throw new InvalidArgumentError(
        `${path} can't be written: it needs columns, each with a name of its own.`,
      );
    }
    const writer = await ParquetWriter.open(path, { columns: planned(columns), compression });
    return new ParquetTableWriter(path, writer, columns);
  }

  /** How many rows were given so far. */
  get numRows(): number {
    return this.#numRows;
  }

  /** How many bytes the rows given so far take in memory; in the file, packed, they take less. */
  get bytes(): number {
    return this.#bytes;
  }

  /** The columns of doubles in which some whole numbers are the nearest doubles, for no double holds them. */
  get inexact(): readonly string[] {
    return [...this.#inexact];
  }

  /**
   * Adds rows. They are all in memory at a time, twice: cut a long table by `batches()`.
   *
   * @throws InvalidArgumentError for a column that the file hasn't, or of a type that its column can't hold; nothing is
   *   written then
   * @throws LazyrunsError when the file can't be written, or for more than 2 GB at once
   */
  async write(rows: ParquetRows): Promise<void> {
    const piece = this.#cast(rows);
    const plan = planOf(this.#planned, rows.numRows);
    const ipc = ipcStream(plan, piece);
    for (const { name } of this.#columns) if (piece.column(name).isExact === false) this.#inexact.add(name);
    await this.#writer.write(ipc);
    this.#hasPiece = true;
    this.#numRows += rows.numRows;
    this.#bytes += ipc.length;
  }

  /**
   * Ends the file and puts it in its place. Without rows it has its columns.
   *
   * @throws LazyrunsError when the file can't be written, or hasn't every row
   */
  async close(): Promise<void> {
    if (!this.#hasPiece) await this.write({ numRows: 0, columnNames: [], column: nothing });
    await this.#writer.close();
  }

  /** Leaves no file. Never rejects. */
  async abort(): Promise<void> {
    await this.#writer.abort();
  }

  #cast(rows: ParquetRows): Columns {
    const { numRows } = rows;
    const there = new Set(rows.columnNames);
    for (const name of there)
      if (!this.#names.has(name)) throw this.#refused(name, "the file has no such column");
    const cast = new Map(
      this.#columns.map(({ name, dtype }) => {
        const column = there.has(name) ? rows.column(name) : undefined;
        if (column !== undefined && !canCast(column.dtype, dtype)) {
          throw this.#refused(name, `it is ${column.dtype} there, and ${dtype} in the file`);
        }
        return [name, castColumn(column, name, stored(dtype), numRows)] as const;
      }),
    );
    return {
      numRows,
      columnNames: [...cast.keys()],
      column: (name) => cast.get(name) as AnyColumn,
    };
  }

  #refused(name: string, why: string): InvalidArgumentError {
    return new InvalidArgumentError(
      `Column ${JSON.stringify(name)} of a table can't go into ${this.#path}: ${why}.`,
      { operation: "writing a Parquet file" },
    );
  }
}

function planned(columns: readonly ParquetColumn[]): PlannedColumn[] {
  return columns.map(({ name, dtype }) => ({ name, source: name, type: { kind: stored(dtype) } }));
}

/** Not every reader knows Parquet's type of nothing. */
function stored(dtype: DType): DType {
  return dtype === "null" ? "float64" : dtype;
}

function planOf(columns: readonly PlannedColumn[], numRows: number): FramePlan {
  return { columns, numRows, warner: new Warner({ onWarning: () => undefined }), pieces: () => [] };
}

function nothing(): never {
  throw new TypeError("There are no columns");
}
