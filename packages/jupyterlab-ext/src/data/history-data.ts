import type { HistoryOutputPlot } from "@lazyruns/notebook/mime";
import type { DataColumn } from "./runs-data.ts";

/** A run's rows of a history, from `start` to before `end`. */
export interface HistoryRun {
  /** Empty: rows of a frame that belong to no run. */
  readonly id: string;
  /** What people know it by: its name, or else its id. */
  readonly name: string;
  /** The value of what the plot groups by. */
  readonly group: string | undefined;
  readonly start: number;
  readonly end: number;
  /** How many rows it has where the output was made of. */
  readonly totalRows: number;
}

/** A column of numbers: one a row, `NaN` where there is none and where it was logged. */
export interface Metric {
  readonly name: string;
  /** Moments are milliseconds since 1970. */
  readonly isDatetime: boolean;
  readonly values: Float64Array;
}

/** Histories by columns: a checked `HistoryOutput`. */
export interface HistoryData {
  readonly of: "history" | "frame" | "plot";
  readonly numRows: number;
  readonly totalRows: number;
  readonly columnsLeftOut: number;
  readonly runsLeftOut: number;
  readonly rows: "all" | "sampled" | "ends";
  /** With `"ends"`: how many rows are the first ones. Else 0. */
  readonly head: number;
  readonly runs: readonly HistoryRun[];
  /** The column along which curves go; `null`: rows are counted. */
  readonly x: string | null;
  readonly columns: readonly DataColumn[];
  /** Those of the columns that are numbers or moments: what can be drawn. */
  readonly metrics: readonly Metric[];
  /** How a plot was asked for; undefined: it isn't one. */
  readonly plot: HistoryOutputPlot | undefined;
}
