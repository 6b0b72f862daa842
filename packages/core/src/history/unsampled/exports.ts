import type { Download, DownloadOptions } from "../../transport/download.ts";
import type { ColumnData } from "../table/from-columns.ts";

/** A run whose history is partly or wholly in files on the server. */
export interface ExportedRun {
  readonly entity: string;
  readonly project: string;
  readonly id: string;
  /** The server's base URL. */
  readonly baseUrl: string;
  /** Where the files are, as the server gave it: signed, so they change from answer to answer. In no particular order. */
  readonly urls: readonly string[];
  /** Fetches a file or a part of it, with retries and pacing; the key goes to the server's own origin only. */
  readonly download: (url: string, options?: DownloadOptions) => Promise<Download>;
  /** Asks the server where the files are now: for urls whose signature is too old. Absent where that can't be asked. */
  readonly renew?: ((signal: AbortSignal | undefined) => Promise<readonly string[]>) | undefined;
}

/** Which exported rows are wanted. */
export interface ExportedRows {
  /** Absent: all metrics. `_step` always comes along. */
  readonly keys: readonly string[] | undefined;
  /** With `keys`: rows that hold all of them (none null), or any. */
  readonly match: "all" | "any";
  /** The first step. */
  readonly minStep: number | undefined;
  /** The first step that isn't wanted any more. */
  readonly maxStep: number | undefined;
  readonly batchRows: number;
  readonly signal: AbortSignal | undefined;
}

/**
 * Some exported rows, as columns in any order, without `run_id`; at most `batchRows` rows. The arrays are handed over, and
 * written to where a row has no value. A row without a text has the empty text.
 */
export interface ExportedBatch {
  readonly numRows: number;
  readonly columns: readonly ColumnData[];
}

/** The files of one run, opened: what they hold is known, the rows aren't read yet. */
export interface OpenedExports {
  /** How many rows there are in all files together. */
  readonly numRows: number;
  /** The highest `_step` in them; null without rows. */
  readonly lastStep: number | null;
  /** Reads rows in the order of their steps; rows of one step in the files' order. May be called again. */
  read(rows: ExportedRows): AsyncIterable<ExportedBatch>;
  /**
   * The same rows right in a form other than a table, where that is faster than by columns and comes out the same; absent
   * or undefined where it isn't. It has `run_id` too.
   *
   * @param options - all of the call's options, the form's own among them
   */
  readAs?(
    format: string,
    rows: ExportedRows,
    options: object,
  ): AsyncIterable<{ readonly numRows: number; readonly value: unknown }> | undefined;
}

/** Reads the Parquet files into which a server exports histories. */
export interface HistoryExports {
  /**
   * Opens a run's files: reads what is needed to know what they hold. An error that is about this run alone should have
   * its id as `run`: then a scan of many runs goes on with the others.
   */
  open(run: ExportedRun, signal: AbortSignal | undefined): Promise<OpenedExports>;
}

const KEY = Symbol.for("lazyruns.history-exports");
const shared = globalThis as { [KEY]?: HistoryExports };

/**
 * Has scans read the server's Parquet exports by this reader, in every copy of this library in the process. Importing
 * `@lazyruns/export` does so.
 *
 * @example
 * registerHistoryExports({ open: (run, signal) => openFiles(run.urls, run.download, signal) });
 */
export function registerHistoryExports(reader: HistoryExports): void {
  shared[KEY] = reader;
}

/** The reader of exports, where there is one. */
export function historyExports(): HistoryExports | undefined {
  return shared[KEY];
}
