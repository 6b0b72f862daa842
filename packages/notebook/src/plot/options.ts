import { InvalidArgumentError, type WaitOptions } from "@lazyruns/core";
import { checkWhole } from "../options.ts";

/** What is drawn of histories or a frame, and how. */
export interface PlotOptions {
  /**
   * The column along which curves go: numbers, or moments. Default: the first of `_step`, `_runtime` and `_timestamp` that
   * there is; else rows are counted.
   */
  readonly x?: string | undefined;
  /** The columns that are drawn, a chart each. Default: the metrics with the most values, at most 6. */
  readonly y?: string | readonly string[] | undefined;
  /**
   * A column whose values bring runs together: each value is drawn as the mean of its runs, within a band from their
   * least to their most. Default: a curve a run.
   */
  readonly groupBy?: string | undefined;
  /**
   * How much curves are smoothed, from 0 (as logged) to below 1: an exponential moving average over x, as W&B's app has
   * it by default. Default 0.
   */
  readonly smooth?: number | undefined;
  /** Whether y is logarithmic; values that aren't above 0 are left out, and counted. Default false. */
  readonly logY?: boolean | undefined;
  /** The most points of a curve. Default 200, and fewer where there are many curves; what is given here holds for each. */
  readonly maxPoints?: number | undefined;
  /**
   * Whether front ends are to draw the charts by Vega-Lite, as JupyterLab and VS Code do, with pan, zoom and values where
   * the pointer is. Then the static HTML is left out, which they would rather take, and which GitHub, nbviewer and
   * `nbconvert` need: these have the text alone. Default false.
   */
  readonly interactive?: boolean | undefined;
}

/** What is drawn of runs: their histories are fetched for it. */
export interface RunsPlotOptions extends PlotOptions, WaitOptions {
  /** The most rows of a run and metric. Default 500, or `maxPoints` where that is more. */
  readonly samples?: number | undefined;
  /** `"system"` for the machine's metrics. Default `"default"`. */
  readonly stream?: "default" | "system" | undefined;
}

/** @throws InvalidArgumentError naming the option, its value and what is allowed. */
export function checkPlotOptions({ x, y, groupBy, smooth, logY, maxPoints, interactive }: PlotOptions): void {
  checkName("x", x);
  checkName("groupBy", groupBy);
  const names: unknown = typeof y === "string" ? [y] : y;
  if (names !== undefined && !(Array.isArray(names) && names.length > 0 && names.every(isName))) {
    throw new InvalidArgumentError(
      'y must be a column\'s name or a list of them, such as "loss" or ["loss", "accuracy"].',
    );
  }
  if (smooth !== undefined && !(typeof smooth === "number" && smooth >= 0 && smooth < 1)) {
    throw new InvalidArgumentError(`smooth is ${String(smooth)}; it must be a number from 0 to below 1.`);
  }
  for (const [option, value] of Object.entries({ logY, interactive })) {
    if (value === undefined || typeof value === "boolean") continue;
    throw new InvalidArgumentError(`${option} is ${String(value)}; it must be true or false.`);
  }
  checkWhole("maxPoints", maxPoints, 2);
}

/** The columns to draw, where they were named. */
export function namedMetrics({ y }: PlotOptions): readonly string[] | undefined {
  return y === undefined ? undefined : [...new Set(typeof y === "string" ? [y] : y)];
}

function checkName(option: string, name: unknown): void {
  if (name === undefined || isName(name)) return;
  throw new InvalidArgumentError(`${option} must be a column's name.`);
}

function isName(name: unknown): name is string {
  return typeof name === "string" && name !== "";
}
