import type { WorkOptions } from "../../progress.ts";
import type { HistoryFormat, OptionsOf } from "../formats.ts";
import type { RunColumn } from "../run-columns.ts";

/**
 * Which rows of a history to read whole, unsampled.
 *
 * @example
 * for await (const table of run.scanHistory({ keys: ["loss"], minStep: 10_000 })) console.log(table.numRows);
 */
export interface ScanOptions extends WorkOptions {
  /** Only these metrics; `_step` comes along. Default: every metric. */
  readonly keys?: readonly string[] | null | undefined;
  /**
   * Which rows `keys` asks for: `"all"`, those that hold every one of them; `"any"`, those that hold at least one, null
   * where a row has no value for another. Without `keys` it changes nothing. Default `"all"`.
   *
   * A null that was logged counts as held where the row comes from a page, as for the Python client. Files can't tell it
   * from no value: of a run that is in files and in pages, such rows come from its pages alone. By `"any"`, pages give
   * one row of a step that was logged more than once, or one for each time that one of the metrics was.
   */
  readonly match?: "all" | "any" | undefined;
  /** The first step that is read. Default: the run's first. Not for the system stream, which has no steps. */
  readonly minStep?: number | undefined;
  /** The first step that isn't read any more. Default: to the run's end. Not for the system stream. */
  readonly maxStep?: number | undefined;
  /** `"default"` for what was logged, `"system"` for the machine's metrics. Default `"default"`. */
  readonly stream?: "default" | "system" | undefined;
  /** What of the run stands in each row, behind `run_id`: as in `histories()`. Default: none. */
  readonly columns?: readonly RunColumn[] | { readonly [name: string]: RunColumn } | undefined;
  /** The most rows a batch. Default 65,536. */
  readonly batchRows?: number | undefined;
  /**
   * `"auto"` reads the server's Parquet exports where it has some and `@lazyruns/export` is imported; `"never"` asks for
   * pages alone. Pages are taken for rows that are in files only where they were seen to hold exported rows: else the
   * scan fails and says so. Default `"auto"`.
   */
  readonly exports?: "auto" | "never" | undefined;
}

/**
 * Which rows of histories to read whole, and in which form.
 *
 * @typeParam F - the form's name
 */
export type FormattedScanOptions<F extends HistoryFormat = "table"> = ScanOptions & {
  /** The form of each batch; as of `histories()`. Default `"table"`. */
  readonly format?: F | undefined;
} & OptionsOf<F>;
