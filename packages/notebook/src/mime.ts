/**
 * What our outputs hold: the MIME types and the shape of their JSON. Types only, for whoever draws them; the same shapes
 * as JSON Schema lie in this package's `schema` folder.
 */

/** A collection of runs, one run, or a table of runs. Its JSON is a `RunsOutput`. */
export type RunsMimeType = "application/vnd.lazyruns.runs.v1+json";

/** Histories, a data frame, or a plot. Its JSON is a `HistoryOutput`. */
export type HistoryMimeType = "application/vnd.lazyruns.history.v1+json";

/**
 * A chart as Vega-Lite 5 (https://vega.github.io/vega-lite/), which JupyterLab and VS Code draw by themselves where there is
 * no HTML: of plots that were asked to be interactive.
 */
export type VegaLiteMimeType = "application/vnd.vegalite.v5+json";

/** What a column's values are. */
export type OutputType = OutputColumnValues["dtype"];

/** Any JSON. Numbers that JSON hasn't are text: `"NaN"`, `"Infinity"`, `"-Infinity"`, and whole numbers beyond 2^53. */
export type OutputJson =
  | null
  | boolean
  | number
  | string
  | readonly OutputJson[]
  | { readonly [key: string]: OutputJson };

/** A column's values, one a row, `null` where there is none; what they are is told by `dtype`. */
export type OutputColumnValues =
  /** Whole numbers; those beyond 2^53 as decimal text. */
  | { readonly dtype: "int64"; readonly values: readonly (number | string | null)[] }
  /** Doubles; `"NaN"`, `"Infinity"` and `"-Infinity"` as text, and so are whole numbers that are known beyond 2^53. */
  | { readonly dtype: "float64"; readonly values: readonly (number | string | null)[] }
  | { readonly dtype: "bool"; readonly values: readonly (boolean | null)[] }
  | { readonly dtype: "utf8"; readonly values: readonly (string | null)[] }
  /** Nested and mixed values, as they are and not as JSON text. */
  | { readonly dtype: "json"; readonly values: readonly OutputJson[] }
  /** ISO 8601 in UTC: `"2026-11-02T10:00:00.000Z"`. */
  | { readonly dtype: "datetime"; readonly values: readonly (string | null)[] }
  | { readonly dtype: "null"; readonly values: readonly null[] };

/** What every column has besides its values. */
export interface OutputColumnName {
  readonly name: string;
  /**
   * How many of the values are shortened: long text ends in `…`, and a nested value that takes much room is a part of its
   * JSON text. Absent: none.
   */
  readonly shortened?: number;
}

/** A metric, or a frame's column. */
export type OutputColumn = OutputColumnName & OutputColumnValues;

/**
 * The fields of a run by their names, which columns of the kind `field` have, and what their values are; `null` where a run
 * has none. The names are the same whatever was shown.
 */
export interface RunsFields {
  /** The name that people see; the id when there is none. */
  readonly name: string;
  /** `"running"`, `"finished"`, `"failed"`, `"crashed"`, `"killed"`, `"pending"`, or what else the server says. */
  readonly state: string;
  /** When the run began: `dtype` is `datetime`. */
  readonly createdAt: string;
  /**
   * How long the run has run, in seconds: what it logged last as `_runtime`, or else from its beginning to when it was
   * last heard of. A table made by the caller hasn't it.
   */
  readonly runtime: number;
  /** `dtype` is `json`. Without any: `null`. */
  readonly tags: readonly string[];
  readonly group: string;
  readonly jobType: string;
  /** The user's login, or else name. */
  readonly user: string;
  /** The sweep's name; its id where that isn't known, as in a table made by the caller. */
  readonly sweep: string;
  readonly notes: string;
  /** When the run was last heard of: `dtype` is `datetime`. */
  readonly heartbeatAt: string;
  /** How many rows of history the run has logged. */
  readonly historyLineCount: number;
  readonly description: string;
  /** The commit of the training code. */
  readonly commit: string;
  readonly id: string;
}

/** What a column of the kind `field` is called. */
export type RunsFieldName = keyof RunsFields;

/** A column of a table of runs. */
export type RunsOutputColumn = OutputColumn & {
  /**
   * Where it is from: a field of the run (its name is then a `RunsFieldName`), its config, its summary, or neither (`other`:
   * the column of a table that the caller made). Nested entries have dotted names: `optimizer.lr`. Two columns may have one
   * name, if not one kind.
   */
  readonly kind: "field" | "config" | "summary" | "other";
  /** Whether the static HTML shows it: a hint for the columns that are on at first. */
  readonly shown: boolean;
};

/** The JSON of `application/vnd.lazyruns.runs.v1+json`: runs by columns. */
export interface RunsOutput {
  /** Of this shape. What is added later is optional; what changes gets another MIME type. */
  readonly version: 1;
  /** What was shown: a collection, a single run, or a table of runs. */
  readonly of: "runs" | "run" | "table";
  /** `null`: not known, as of a table. */
  readonly entity: string | null;
  readonly project: string | null;
  /** The project's web page; a run's is `${url}/runs/${encodeURIComponent(id)}`. Absent: not known. */
  readonly url?: string;
  /** How many runs there are; `null`: not known yet. */
  readonly total: number | null;
  /** How many of them were fetched when this was made. */
  readonly loaded: number;
  /** How many of the runs below have their config and summary loaded. */
  readonly full: number;
  /** When this was made, ISO 8601: what ages are counted from. */
  readonly madeAt: string;
  /** The ids of the runs that are in here, in order: at most `loaded`. Every column has a value for each. */
  readonly ids: readonly string[];
  readonly columns: readonly RunsOutputColumn[];
  /** How many columns were left out to keep this small. */
  readonly columnsLeftOut: number;
  /**
   * Sampled histories of runs in here, when they were asked for: rows along `_step` that hold some of the metrics. Beside
   * it, where the runs have them, `_runtime` (seconds since the run began) and `_timestamp` (seconds since 1970). The server
   * samples each metric by itself: in a history that was too long to come whole, a row without times of its own has those on
   * the line between its neighbours, and none before the first or behind the last.
   */
  readonly histories?: HistoryOutput;
}

/** A run's rows that are in here; with `groupBy` an entry for each of its groups. */
export interface HistoryOutputRun {
  /** The run's id. A frame that is shown as rows has one entry, whose id is empty, and so has one without `run_id`. */
  readonly id: string;
  /** The run's name, where it is known. */
  readonly name?: string;
  /** The value of what the plot groups by. */
  readonly group?: string;
  /** How many of the rows in here are its. */
  readonly numRows: number;
  /** How many rows it has where this was made of. */
  readonly totalRows: number;
}

/** How a plot was asked for. */
export interface HistoryOutputPlot {
  /** The columns that are drawn, a chart each. */
  readonly y: readonly string[];
  /** What the curves are grouped by; `null`: a curve a run. A group is drawn as its mean between least and most. */
  readonly groupBy: string | null;
  /** The weight of the exponential moving average, from 0 (as logged) to below 1. The values in here are as logged. */
  readonly smooth: number;
  readonly logY: boolean;
}

/**
 * The JSON of `application/vnd.lazyruns.history.v1+json`: rows by columns, a run's rows together; in a plot in the order of
 * x, those without x last.
 */
export interface HistoryOutput {
  /** Of this shape. What is added later is optional; what changes gets another MIME type. */
  readonly version: 1;
  /** What was shown: histories, a data frame of any kind, or a plot. */
  readonly of: "history" | "frame" | "plot";
  /** How many rows are in here. Every column has as many values. */
  readonly numRows: number;
  /** How many rows there are where this was made of. */
  readonly totalRows: number;
  /** How many columns were left out to keep this small. */
  readonly columnsLeftOut: number;
  /** How many runs were left out, with all their rows, to keep this small. */
  readonly runsLeftOut: number;
  /**
   * Which of the rows are here: `"all"`; `"sampled"`: of each run the first, the last, and those between that keep the
   * curves' extremes; `"ends"`: the first and the last ones, and none between.
   */
  readonly rows: "all" | "sampled" | "ends";
  /** With `"ends"`: how many of the rows here are the first ones. Else absent. */
  readonly head?: number;
  /** Whose the rows are, in order: `numRows` of all add up to the above. */
  readonly runs: readonly HistoryOutputRun[];
  /**
   * The column along which curves go; `null`: rows are counted. W&B's own are `_step`, `_runtime` (seconds since the run
   * began) and `_timestamp` (seconds since 1970, and no `datetime` unless the caller made it one).
   */
  readonly x: string | null;
  /** Of histories and plots without `run_id`, which `runs` says. A frame has all of its own, in its own order. */
  readonly columns: readonly OutputColumn[];
  /** Present when it is a plot. */
  readonly plot?: HistoryOutputPlot;
}
