import { type Domain, domainOf, domainOfBulk, downsample, type Points, pointsOf } from "@lazyruns/curves";
import { byRun } from "../../curves/lines.ts";
import { metricsOf, tableSource, usualX } from "../../curves/source.ts";
import { MOST_POINTS_TOGETHER } from "../limits.ts";
import type { RunsModel } from "./model.ts";

/** The most metrics that have a curve in each run's row. */
const MOST_METRICS = 4;
/** The most points of such a curve: it is 96 pixels wide. */
const MOST_POINTS = 32;

/** A metric's curves beside the runs: one a run, undefined where it has none; all over the same domains. */
export interface RunCurves {
  readonly metric: string;
  readonly curves: readonly (Points | undefined)[];
  readonly domains: { readonly x: Domain; readonly y: Domain };
}

/** The curves of each metric, and the metrics that have none here. */
export interface CurvesOfRuns {
  readonly metrics: readonly RunCurves[];
  readonly leftOut: readonly string[];
  /** Those that were asked for and have no numbers. */
  readonly empty: readonly string[];
}

/**
 * The curves of the runs that are shown: of the metrics that were asked for, in that order, or else of those with the most
 * values.
 */
export function runCurves({ histories, keys, ids }: RunsModel): CurvesOfRuns {
  if (histories === undefined) return { metrics: [], leftOut: [], empty: [] };
  const source = tableSource(histories);
  const x = usualX(source);
  const asked = keys === undefined ? undefined : [...new Set(keys)];
  const hasNumbers = (name: string) =>
    source.columnNames.includes(name) && source.numbers(name)?.some((value) => !Number.isNaN(value)) === true;
  const names = asked?.filter(hasNumbers) ?? metricsOf(source, x);
  const runs = byRun(source.segments);
  const shown = names.slice(0, MOST_METRICS);
  const most = Math.max(
    8,
    Math.min(MOST_POINTS, Math.floor(MOST_POINTS_TOGETHER / (ids.length * shown.length || 1))),
  );
  const xs = x === undefined ? undefined : source.numbers(x);
  const metrics = shown.map((metric) => {
    const y = source.numbers(metric) as Float64Array;
    const whole = ids.map((id) => pointsOf({ x: xs, y }, runs.get(id) ?? [], false));
    return {
      metric,
      curves: whole.map((points) => (points.x.length === 0 ? undefined : downsample(points, most))),
      domains: {
        x: domainOf(whole.map((points) => points.x)),
        y: domainOfBulk(whole.map((points) => points.y)),
      },
    };
  });
  const empty = asked?.filter((name) => !names.includes(name)) ?? [];
  return { metrics, leftOut: names.slice(MOST_METRICS), empty };
}
