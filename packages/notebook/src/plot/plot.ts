import { type HistoryTable, InvalidArgumentError, type Run, type Runs } from "@lazyruns/core";
import { listed } from "../bundle/format.ts";
import { frameOf } from "../bundle/frames/frame.ts";
import { isHistoryTable, isRun, isRuns } from "../bundle/kinds.ts";
import { MOST_CHARTS } from "../bundle/limits.ts";
import type { MimeBundle } from "../bundle/mime-bundle.ts";
import type { BundleOptions } from "../bundle/options.ts";
import { type CurveSource, metricsOf, tableSource, usualX } from "../curves/source.ts";
import type { OutputType } from "../mime.ts";
import { fetchHistories } from "./fetch-histories.ts";
import { BUNDLE } from "./is-plot.ts";
import { checkPlotOptions, namedMetrics, type PlotOptions, type RunsPlotOptions } from "./options.ts";
import { plotBundle } from "./plot-bundle.ts";

/** What a plot is of, once its options are settled. */
export interface PlotSpec {
  readonly source: CurveSource;
  readonly x: string | undefined;
  readonly y: readonly string[];
  readonly metricsLeftOut: readonly string[];
  readonly groupBy: string | undefined;
  readonly smooth: number;
  readonly logY: boolean;
  readonly maxPoints: number | undefined;
  readonly interactive: boolean;
  readonly dtypeOf: (name: string) => OutputType | undefined;
}

/** Makes a plot of what was settled. */
let makePlot: (spec: PlotSpec) => Plot;

/** Curves that show themselves, as the last expression of a cell or by `show()`. `plot()` makes them. */
export class Plot {
  static {
    makePlot = (spec) => new Plot(spec);
  }

  /** The columns that are drawn, a chart each. */
  readonly y: readonly string[];
  /** The column along which curves go; undefined: rows are counted. */
  readonly x: string | undefined;
  readonly #spec: PlotSpec;

  private constructor(spec: PlotSpec) {
    this.x = spec.x;
    this.y = spec.y;
    this.#spec = spec;
  }

  /** @internal */
  [BUNDLE](options: BundleOptions): MimeBundle {
    return plotBundle(this.#spec, options);
  }

  /** The curves in text: for each its first and last value, and its shape in a line. */
  toString(): string {
    return plotBundle(this.#spec, {})["text/plain"];
  }

  /** @internal */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
}

/**
 * Curves of runs' histories: fetched first, with what the plot needs and no more.
 *
 * @throws InvalidArgumentError for a bad option, before anything is sent; what `histories()` throws
 * @example
 * await lazyruns.plot(runs, { y: ["loss", "val/loss"], groupBy: "config.lr", smooth: 0.6 });
 */
export function plot(runs: Runs | Run, options?: RunsPlotOptions): Promise<Plot>;
/**
 * Curves of histories, or of a polars or danfo frame: a curve a run, told apart by the column `run_id`.
 *
 * @throws InvalidArgumentError for a bad option, a column that isn't there or holds no numbers, and for what is neither
 * @example
 * const table = await runs.histories({ keys: ["loss"], columns: ["name"], format: "table" });
 * lazyruns.plot(table, { y: "loss", logY: true });
 * lazyruns.plot(table, { y: "loss", interactive: true }); // in JupyterLab and VS Code with zoom
 */
export function plot(table: HistoryTable | object, options?: PlotOptions): Plot;
export function plot(value: object, options: RunsPlotOptions = {}): Plot | Promise<Plot> {
  checkPlotOptions(options);
  if (typeof value === "object" && value !== null) {
    const frame = frameOf(value);
    if (frame !== undefined) return plotOf(frame.source(), options, () => undefined);
    if (isHistoryTable(value)) return plotOfTable(value, options);
    if (isRuns(value) || isRun(value)) {
      return fetchHistories(value, options).then((table) => plotOfTable(table, options));
    }
  }
  throw new InvalidArgumentError("plot() takes runs, a run, a HistoryTable, or a polars or danfo DataFrame.");
}

function plotOfTable(table: HistoryTable, options: PlotOptions): Plot {
  return plotOf(tableSource(table), options, (name) => table.column(name).dtype);
}

function plotOf(source: CurveSource, options: PlotOptions, dtypeOf: PlotSpec["dtypeOf"]): Plot {
  const x = options.x ?? usualX(source);
  const named = namedMetrics(options);
  for (const name of [...(options.x === undefined ? [] : [options.x]), ...(named ?? [])])
    checkNumbers(source, name);
  const { groupBy, smooth = 0, logY = false, maxPoints, interactive = false } = options;
  if (groupBy !== undefined && groupBy !== "run_id") checkColumn(source, "groupBy", groupBy);
  const found = named ?? metricsOf(source, x).filter((name) => name !== groupBy);
  const y = named ?? found.slice(0, MOST_CHARTS);
  const metricsLeftOut = found.slice(y.length);
  const look = { groupBy, smooth, logY, maxPoints, interactive };
  return makePlot({ source, x, y, metricsLeftOut, ...look, dtypeOf });
}

function checkColumn({ columnNames }: CurveSource, option: string, name: string): void {
  if (columnNames.includes(name)) return;
  throw new InvalidArgumentError(
    `${option} is ${JSON.stringify(name)}, and there is no such column; there are: ${listed(columnNames, 30)}.`,
  );
}

function checkNumbers(source: CurveSource, name: string): void {
  checkColumn(source, "A column to draw", name);
  if (source.numbers(name) !== undefined || source.numRows === 0) return;
  throw new InvalidArgumentError(`The column ${JSON.stringify(name)} can't be drawn: it holds no numbers.`);
}
