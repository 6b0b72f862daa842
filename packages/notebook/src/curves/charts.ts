import {
  type Domain,
  domainOf,
  domainOfBulk,
  downsample,
  meanOf,
  type Points,
  pointsOf,
  rangeOf,
  smoothed,
} from "@lazyruns/curves";
import { MOST_CURVES, MOST_POINTS, MOST_POINTS_TOGETHER } from "../bundle/limits.ts";
import { axisOf } from "./axis.ts";
import type { Axis, Chart, Curve } from "./curve.ts";
import { type Line, linesOf } from "./lines.ts";
import type { CurveSource, Segment } from "./source.ts";

/** What to draw. */
export interface ChartsQuestion {
  readonly x: string | undefined;
  /** The metrics, a chart each. */
  readonly y: readonly string[];
  readonly groupBy: string | undefined;
  readonly smooth: number;
  readonly logY: boolean;
  readonly maxPoints: number | undefined;
  /** The names of runs by their ids, where they are known. */
  readonly names?: ReadonlyMap<string, string> | undefined;
}

/** Charts that share x and the lines' colours. */
export interface Charts {
  readonly axis: Axis | undefined;
  readonly charts: readonly Chart[];
  /** Of each colour, what it stands for: the lines that some chart has. */
  readonly legend: readonly { readonly label: string; readonly color: number }[];
  /** The most points that a curve has here; undefined when every curve has all of its own. */
  readonly pointsPerCurve: number | undefined;
}

/** Of a column without numbers. */
const NONE = new Float64Array(0);

/** The curves of each metric: one a run, or one a group. */
export function chartsOf(source: CurveSource, question: ChartsQuestion): Charts {
  const { y: metrics, logY } = question;
  const lines = linesOf(source, question);
  const { axis, xs } = axisOf(source, question.x);
  const fair = MOST_POINTS_TOGETHER / (Math.min(lines.length, MOST_CURVES) * metrics.length || 1);
  const most = question.maxPoints ?? Math.min(MOST_POINTS, Math.max(12, Math.floor(fair)));
  let isSampled = false;
  const used = new Map<number, string>();
  const charts = metrics.map((metric): Chart => {
    const ys = source.numbers(metric) ?? NONE;
    let pointsLeftOut = 0;
    const read = (segments: readonly Segment[]): Points => {
      const { leftOut, ...points } = pointsOf({ x: xs, y: ys }, segments, logY);
      pointsLeftOut += leftOut + gapsOf(source, metric, ys, segments);
      return points;
    };
    const all = lines
      .map((line, color) => ({ label: line.label, color, ...wholeLine(line, read) }))
      .filter((curve) => curve.x.length > 0);
    const range = rangeOf(all);
    const curves = all.slice(0, MOST_CURVES).map((curve): Curve => {
      used.set(curve.color, curve.label);
      isSampled ||= curve.x.length > most;
      return {
        label: curve.label,
        color: curve.color,
        ...downsample(smoothed(curve, question.smooth, range), most),
      };
    });
    const domain = (logY ? domainOf : domainOfBulk)(curves.flatMap(extents));
    const beyond = curves.filter((curve) => goesBeyond(curve, domain)).length;
    return { metric, curves, domain, beyond, curvesLeftOut: all.length - curves.length, pointsLeftOut };
  });
  const legend = [...used].sort(([a], [b]) => a - b).map(([color, label]) => ({ color, label }));
  return { axis, charts, legend, pointsPerCurve: isSampled ? most : undefined };
}

/** How many values are there and no numbers: NaN, and text among numbers. */
function gapsOf(source: CurveSource, metric: string, ys: Float64Array, segments: readonly Segment[]): number {
  let gaps = 0;
  for (const { start, end } of segments) {
    for (let row = start; row < end; row++) {
      if (Number.isNaN(ys[row] as number) && (source.cell(metric, row) ?? null) !== null) gaps++;
    }
  }
  return gaps;
}

function wholeLine({ runs, isGroup }: Line, read: (segments: readonly Segment[]) => Points): Points {
  return isGroup ? meanOf(runs.map(read), false) : read(runs.flat());
}

/** The values that a curve covers. */
function extents({ y, low, high }: Points): Float64Array[] {
  return low === undefined || high === undefined ? [y] : [low, high];
}

function goesBeyond(curve: Points, [from, to]: Domain): boolean {
  const [low, high] = domainOf(extents(curve));
  return low < from || high > to;
}
