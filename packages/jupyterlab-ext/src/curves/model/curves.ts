import { meanOf, type Points, pointsOf, type Rows, rangeOf, smoothed } from "@lazyruns/curves";
import type { Metric } from "../../data/history-data.ts";
import type { Cell } from "../../data/runs-data.ts";
import { gapsOf } from "./gaps.ts";
import type { Line } from "./lines.ts";
import type { XAxis } from "./x-axis.ts";

/** A line of a chart, smoothed. */
export interface Curve extends Points {
  readonly key: string;
  readonly label: string;
  /** As logged; undefined: nothing is smoothed. */
  readonly raw: Points | undefined;
  /** Where along x the line is broken, in order. */
  readonly gaps: Float64Array;
}

/** A metric's curves. */
export interface Curves {
  readonly metric: string;
  /** Without those that have no point. */
  readonly curves: readonly Curve[];
  readonly notFinite: number;
  readonly notPositive: number;
}

/** What to make curves of. */
export interface CurvesQuestion {
  readonly metric: Metric;
  readonly cells: readonly Cell[] | undefined;
  readonly x: XAxis;
  readonly lines: readonly Line[];
  /** From 0 to below 1. */
  readonly smoothing: number;
  readonly logX: boolean;
  readonly logY: boolean;
}

const NO_GAPS = new Float64Array(0);

/** The curves of a metric, each in the order of x. */
export function curvesOf({ metric, cells, x, lines, smoothing, logX, logY }: CurvesQuestion): Curves {
  const { values } = metric;
  let notFinite = 0;
  let notPositive = 0;
  const read = (rows: readonly Rows[]): Points & { readonly gaps: Float64Array } => {
    const gaps = gapsOf({ values, cells, x, logX, logY }, rows);
    notFinite += gaps.notFinite;
    notPositive += gaps.notPositive;
    const points = pointsOf({ x: x.values, y: values }, rows, logY);
    return { ...(logX ? aboveZero(points) : points), gaps: gaps.at };
  };
  const made = lines
    .map(({ key, label, isGroup, runs }) => {
      if (!isGroup) return { key, label, ...read(runs.flat()) };
      return { key, label, ...meanOf(runs.map(read), logX), gaps: NO_GAPS };
    })
    .filter((curve) => curve.x.length > 0);
  const range = rangeOf(made);
  const curves = made.map((curve): Curve => {
    if (smoothing === 0) return { ...curve, raw: undefined };
    const { x, y, low, high } = curve;
    const raw: Points = { x, y, ...(low && { low }), ...(high && { high }) };
    return { ...curve, ...smoothed(raw, smoothing, range), raw };
  });
  return { metric: metric.name, curves, notFinite, notPositive };
}

function aboveZero({ x, y }: Points): Points {
  const from = x.findIndex((value) => value > 0);
  return from < 0 ? { x: NO_GAPS, y: NO_GAPS } : { x: x.subarray(from), y: y.subarray(from) };
}
