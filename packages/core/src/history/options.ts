import { checkWhole, checkWord, show } from "../arguments.ts";
import { InvalidArgumentError } from "../errors.ts";
import type { WorkOptions } from "../progress.ts";

/** Which rows of histories to fetch, and in which form. */
export interface HistoriesOptions extends WorkOptions {
  /** The most rows a run. Longer histories are sampled by the server. Default 500. */
  readonly samples?: number | undefined;
  /** Only these metrics, and only rows that have all of them. Default: every metric. */
  readonly keys?: readonly string[] | null | undefined;
  /**
   * The metric that serves as x. With `keys` it is in every row. Without them rows are ordered by it, and those
   * without it left out. Default `"_step"`; for the system stream `"_runtime"` (seconds since the run began).
   */
  readonly xAxis?: string | undefined;
  /** `"default"` gives records. Default `"default"`. */
  readonly format?: "default" | undefined;
  /** `"default"` for what was logged, `"system"` for the machine's metrics. Default `"default"`. */
  readonly stream?: "default" | "system" | undefined;
}

/** A checked question for histories. */
export interface HistoryQuestion {
  readonly stream: "default" | "system";
  readonly samples: number;
  /** The metrics to give besides `xAxis`; absent: all. */
  readonly keys: readonly string[] | undefined;
  /** Absent when the caller named none and there are no keys: rows come as the server orders them. */
  readonly xAxis: string | undefined;
}

/** @throws InvalidArgumentError naming the option, its value and what is allowed. */
export function checkHistoriesOptions(options: HistoriesOptions): HistoryQuestion {
  checkWhole("samples", options.samples, 1);
  checkFormat(options.format);
  checkWord("stream", options.stream, ["default", "system"]);
  const keys = checkKeys(options.keys);
  if (options.xAxis !== undefined) checkMetric("xAxis", options.xAxis);
  const stream = options.stream ?? "default";
  const usual = stream === "system" ? "_runtime" : "_step";
  return {
    stream,
    samples: options.samples ?? 500,
    keys,
    xAxis: options.xAxis ?? (keys === undefined ? undefined : usual),
  };
}

function checkFormat(format: unknown): void {
  const hint = format === "pandas" ? ' What Python calls "pandas" is called "danfo" here.' : "";
  const frames = " Data frames (danfo, polars) are not part of this version.";
  checkWord("format", format, ["default"], `${hint}${frames}`);
}

function checkKeys(keys: unknown): readonly string[] | undefined {
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
