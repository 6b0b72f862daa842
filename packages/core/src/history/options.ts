import { checkWhole, checkWord, show } from "../arguments.ts";
import { InvalidArgumentError } from "../errors.ts";
import type { WorkOptions } from "../progress.ts";
import type { HistoryFormat, OptionsOf } from "./formats.ts";
import { type ChosenColumn, checkRunColumns, type RunColumn } from "./run-columns.ts";

/**
 * Which rows of histories to fetch.
 *
 * @example
 * const options: HistoryOptions = { keys: ["loss", "val/loss"], match: "any", samples: 1000 };
 * for await (const { run, table } of runs.historyStream(options)) console.log(run.name, table.numRows);
 */
export interface HistoryOptions extends WorkOptions {
  /** The most rows a run, and with `match: "any"` for each key. Longer histories are sampled by the server. Default 500. */
  readonly samples?: number | undefined;
  /** Only these metrics. Default: every metric. */
  readonly keys?: readonly string[] | null | undefined;
  /**
   * Which rows `keys` asks for. `"all"`: those that hold every one of them, as the reference does. `"any"`: each key
   * is sampled by itself and the samples are joined on `_step`, so that metrics which were logged at different steps
   * come together; null means that a metric isn't in the sample of that step. Without `keys` it changes nothing.
   * Default `"all"`.
   */
  readonly match?: "all" | "any" | undefined;
  /**
   * The metric that serves as x: rows are ordered by it, and those without a number for it left out. Default `"_step"`;
   * for the system stream `"_runtime"` (seconds since the run began). With `keys` it is in every row. Without them rows
   * are sampled before they are chosen so; not given and without `keys`, they come as the server orders them, with or
   * without an x.
   */
  readonly xAxis?: string | undefined;
  /** `"default"` for what was logged, `"system"` for the machine's metrics. Default `"default"`. */
  readonly stream?: "default" | "system" | undefined;
  /**
   * What of the run stands in each of its rows, behind `run_id`, so that grouping needs no join: light fields, and keys
   * of config and summary (dotted ones reach into nested values). As an object, columns by names of your own. Null where
   * the run has none. A metric of the same name is refused. Default: none.
   *
   * @example
   * await runs.histories({ keys: ["loss"], columns: ["name", "group", "config.lr"] });
   * await runs.histories({ keys: ["loss"], columns: { lr: "config.optimizer.lr" } });
   */
  readonly columns?: readonly RunColumn[] | { readonly [name: string]: RunColumn } | undefined;
}

/**
 * Which rows of histories to fetch, and in which form.
 *
 * @typeParam F - the form's name
 */
export type HistoriesOptions<F extends HistoryFormat = "default"> = HistoryOptions & {
  /**
   * `"default"` gives records, `"table"` columns (`HistoryTable`); `@lazyruns/dataframes` adds `"polars"`, `"danfo"` and
   * `"arrow"`, with options of their own. Default `"default"`; of `historyStream()` `"table"`.
   */
  readonly format?: F | undefined;
} & OptionsOf<F>;

/** A checked question for histories. */
export interface HistoryQuestion {
  readonly stream: "default" | "system";
  readonly samples: number;
  readonly match: "all" | "any";
  /** The metrics to give besides `xAxis`; absent: all. */
  readonly keys: readonly string[] | undefined;
  /** Absent when the caller named none and there are no keys: rows come as the server orders them. */
  readonly xAxis: string | undefined;
  readonly columns: readonly ChosenColumn[];
}

/** @throws InvalidArgumentError naming the option, its value and what is allowed. */
export function checkHistoryOptions(options: HistoryOptions): HistoryQuestion {
  checkWhole("samples", options.samples, 1);
  checkWord("stream", options.stream, ["default", "system"]);
  checkWord("match", options.match, ["all", "any"]);
  const keys = checkKeys(options.keys);
  if (options.xAxis !== undefined) checkMetric("xAxis", options.xAxis);
  const stream = options.stream ?? "default";
  const usual = stream === "system" ? "_runtime" : "_step";
  const xAxis = options.xAxis ?? (keys === undefined ? undefined : usual);
  return {
    stream,
    samples: options.samples ?? 500,
    match: options.match ?? "all",
    keys,
    xAxis,
    columns: checkRunColumns(options.columns, [
      ...(xAxis === undefined ? [] : [xAxis]),
      ...(keys ?? []),
      ...(options.match === "any" && keys !== undefined ? ["_step"] : []), // what the samples are joined on
    ]),
  };
}

/** @throws InvalidArgumentError for what is no list of metrics' names */
export function checkKeys(keys: unknown): readonly string[] | undefined {
  if (keys === undefined || keys === null) return undefined;
  if (!Array.isArray(keys) || keys.length === 0) {
    throw new InvalidArgumentError(
      `keys is ${show(keys)}; it must be a list of metric names, or left out for all.`,
    );
  }
  for (const [index, key] of keys.entries()) checkMetric(`keys[${index}]`, key);
  return [...new Set<string>(keys)];
}

function checkMetric(what: string, name: unknown): void {
  if (typeof name !== "string" || name === "") {
    throw new InvalidArgumentError(`${what} is ${show(name)}; it must be the name of a metric.`);
  }
  if (name === "run_id") {
    throw new InvalidArgumentError(
      `${what} is "run_id", which is the record's own field for the run's id. Log that metric under another name.`,
    );
  }
}
