import { openAsBlob } from "node:fs";
import { InvalidArgumentError, LazyrunsError } from "@lazyruns/core";
import type * as ParquetWasm from "parquet-wasm";
import type { PlannedColumn } from "../columns/plan.ts";
import type { ParquetCompression } from "./options.ts";
import { writerProperties } from "./properties.ts";
import { TargetFile } from "./target-file.ts";

const SLICE_ROWS = 32_768;

/** What a file is made of: the columns of its pieces, and how they are packed. */
export interface ParquetLayout {
  readonly columns: readonly PlannedColumn[];
  readonly compression: ParquetCompression;
}

/**
 * A Parquet file that is written piece by piece: what is in memory is a piece and a row group, however long the file
 * gets. `close()` puts the file in its place, `abort()` leaves none; one of them must be called. One call at a time.
 *
 * @example
 * const writer = await ParquetWriter.open("history.parquet", { columns: plan.columns, compression: "zstd" });
 * try {
 *   for (const piece of plan.pieces(65_536)) await writer.write(ipcStream(plan, piece));
 *   await writer.close();
 * } catch (error) {
 *   await writer.abort();
 *   throw error;
 * }
 */
export class ParquetWriter {
  readonly #library: typeof ParquetWasm;
  readonly #file: TargetFile;
  readonly #batches: WritableStreamDefaultWriter<ParquetWasm.RecordBatch>;
  /** The bytes' way to the file. Never rejects: it leaves `#failure`. When it is over, nobody takes batches any more. */
  readonly #written: Promise<void>;
  #schema: Uint8Array | undefined;
  #numRows = 0;
  #failure: unknown;

  private constructor(library: typeof ParquetWasm, file: TargetFile, layout: ParquetLayout) {
    const { readable, writable } = new TransformStream<ParquetWasm.RecordBatch, ParquetWasm.RecordBatch>();
    this.#library = library;
    this.#file = file;
    this.#batches = writable.getWriter();
    this.#written = this.#drain(readable, writerProperties(library, layout.columns, layout.compression));
  }

  /**
   * Starts a file.
   *
   * @throws InvalidArgumentError where no file can be: the folder is missing, or something else has the name
   * @throws LazyrunsError where none may be made
   */
  static async open(path: string, layout: ParquetLayout): Promise<ParquetWriter> {
    const library = await import("parquet-wasm");
    return new ParquetWriter(library, await TargetFile.create(path), layout);
  }

  /**
   * Adds rows.
   *
   * @param ipc - an Arrow IPC stream, with the columns and types of the pieces before it
   * @throws InvalidArgumentError for other columns or types; the file can't be gone on with then
   * @throws LazyrunsError when the file can't be written, or for a piece of more than 2 GB
   */
  async write(ipc: Uint8Array): Promise<void> {
    const table = this.#take(ipc);
    try {
      this.#checkSchema(table.schema.intoIPCStream());
      for (const batch of table.recordBatches()) await this.#writeBatch(batch);
    } finally {
      table.free();
    }
  }

  /**
   * Ends the file and puts it in its place, when it has every row. There must have been a piece, if one without rows.
   *
   * @throws LazyrunsError when the file can't be written
   */
  async close(): Promise<void> {
    if (this.#schema === undefined)
      throw new InvalidArgumentError("A Parquet file needs a piece, for its columns.");
    await this.#end();
    if (this.#failure !== undefined) throw this.#failure;
    await this.#file.flush();
    const rows = await this.#rowsInFile();
    if (rows !== this.#numRows) {
      throw new LazyrunsError(
        `${this.#file.path} can't be written: of ${this.#numRows} rows ${rows} arrived in the file.`,
        { operation: "writing a Parquet file" },
      );
    }
    await this.#file.commit();
  }

  /** Leaves no file. Never rejects. */
  async abort(): Promise<void> {
    this.#failure ??= new LazyrunsError("The file was given up.");
    await this.#end();
    await this.#file.discard();
  }

  #take(ipc: Uint8Array): ParquetWasm.Table {
    try {
      return this.#library.Table.fromIPCStream(ipc);
    } catch (cause) {
      if ((cause as Error).name !== "RuntimeError") throw cause; // a trap of WebAssembly: its memory is full
      throw new LazyrunsError(
        `${this.#file.path} can't be written: rows of ${Math.ceil(ipc.length / 1e6)} MB came at once, and the library ` +
          "that writes Parquet takes 2000 MB. All rows of a run come at once: ask for fewer keys or fewer rows.",
        { operation: "writing a Parquet file", cause },
      );
    }
  }

  /** In slices, for what a batch becomes is kept until the whole batch is done. */
  async #writeBatch(batch: ParquetWasm.RecordBatch): Promise<void> {
    const { numRows } = batch;
    for (let start = 0; start === 0 || start < numRows; start += SLICE_ROWS) {
      const slice = batch.slice(start, Math.min(SLICE_ROWS, numRows - start));
      await Promise.race([this.#batches.write(slice), this.#written]); // resolves when the slice is taken
      if (this.#failure !== undefined) throw this.#failure;
    }
    batch.free();
    this.#numRows += numRows;
  }

  /** The library ends the process when its output is cancelled, so it is read to its end, wanted or not. */
  async #drain(
    batches: ReadableStream<ParquetWasm.RecordBatch>,
    properties: ParquetWasm.WriterProperties,
  ): Promise<void> {
    try {
      const bytes: ReadableStream<Uint8Array> = await this.#library.transformParquetStream(
        batches,
        properties,
      );
      for await (const chunk of bytes) await this.#keep(chunk);
    } catch (error) {
      this.#failure ??= this.#refused(error);
    }
  }

  async #keep(chunk: Uint8Array): Promise<void> {
    if (this.#failure !== undefined) return;
    try {
      await this.#file.write(chunk);
    } catch (error) {
      this.#failure = error;
    }
  }

  async #end(): Promise<void> {
    this.#batches.close().catch(() => undefined); // it may be closed already
    await this.#written;
  }

  /** A batch of another schema would silently end the file. */
  #checkSchema(schema: Uint8Array): void {
    this.#schema ??= schema;
    if (Buffer.compare(this.#schema, schema) === 0) return;
    throw new InvalidArgumentError(
      `${this.#file.path} can't be written: a piece has other columns or types than the first one.`,
      { operation: "writing a Parquet file" },
    );
  }

  async #rowsInFile(): Promise<number> {
    try {
      const file = await this.#library.ParquetFile.fromFile(await openAsBlob(this.#file.temporary));
      try {
        return file.metadata().fileMetadata().numRows();
      } finally {
        file.free();
      }
    } catch (error) {
      throw this.#refused(error);
    }
  }

  #refused(cause: unknown): LazyrunsError {
    const reason = cause instanceof Error ? cause.message : String(cause);
    return new LazyrunsError(
      `${this.#file.path} can't be written: the library that writes Parquet failed. ${reason}`,
      { operation: "writing a Parquet file", cause },
    );
  }
}
