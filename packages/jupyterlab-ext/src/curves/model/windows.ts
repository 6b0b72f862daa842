import { type Domain, domainOf, domainOfBulk, widened } from "@lazyruns/curves";
import type { Curve } from "./curves.ts";
import type { Line } from "./lines.ts";
import { firstAtLeast } from "./search.ts";
import type { XAxis } from "./x-axis.ts";

/** What decides where x goes. */
export interface XQuestion {
  readonly x: XAxis;
  readonly lines: readonly Line[];
  /** The values of the metrics that are drawn. */
  readonly metrics: readonly Float64Array[];
  readonly logX: boolean;
}

/** From where to where x goes where some metric has a value: the same in every chart. Undefined: nowhere. */
export function xWindowOf({ x, lines, metrics, logX }: XQuestion): Domain | undefined {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  const runs = lines.flatMap((line) => line.runs);
  for (const run of runs) {
    let row = 0;
    for (const { start, end } of run) {
      for (let at = start; at < end; at++, row++) {
        const value = x.values === undefined ? row : (x.values[at] as number);
        // What extends nothing needs no look at the metrics.
        if (value >= low && value <= high) continue;
        if (!Number.isFinite(value) || (logX && value <= 0)) continue;
        if (!metrics.some((values) => Number.isFinite(values[at]))) continue;
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
  }
  return low <= high ? widened([low, high], logX) : undefined;
}

/** How small a part of x may be shown: less would be one point, and beyond what doubles tell apart. */
const CLOSEST = 1e-9;

/** A part of x as far as there is any; undefined: all of it. */
export function zoomWithin([low, high]: Domain, whole: Domain | undefined): Domain | undefined {
  if (whole === undefined) return undefined;
  const [from, to] = [Math.max(low, whole[0]), Math.min(high, whole[1])];
  if (!(to > from) || (from === whole[0] && to === whole[1])) return undefined;
  const least = (whole[1] - whole[0]) * CLOSEST;
  return to - from >= least ? [from, to] : [from, from + least];
}

/** From where to where y goes, and what goes beyond. */
export interface YWindow {
  readonly domain: Domain;
  /** The curves that are cut. */
  readonly beyond: readonly Curve[];
}

/** What decides where y goes. */
export interface YQuestion {
  readonly x: Domain;
  readonly logY: boolean;
  /** Whether what is far out is shown, even if all else becomes a flat line. */
  readonly isWhole: boolean;
}

/**
 * The window of y for what lies in a window of x: the bulk of it, so that a run that diverged doesn't flatten the others,
 * with some air around.
 */
export function yWindowOf(curves: readonly Curve[], { x, logY, isWhole }: YQuestion): YWindow {
  const values = curves.map((curve) => within(curve, x));
  const isCut = !logY && !isWhole;
  const [low, high] = isCut ? domainOfBulk(withoutDiverged(values).flat()) : domainOf(values.flat());
  const beyond = curves.filter((_, at) => {
    const [least, most] = domainOf(values[at] as Float64Array[]);
    return (values[at] as Float64Array[]).some((part) => part.length > 0) && (least < low || most > high);
  });
  return { domain: aired(logY && low <= 0 ? [1, 10] : widened([low, high], logY), logY), beyond };
}

/** How far beyond what most curves cover one goes that diverged, in their extents. */
const DIVERGED = 20;

/** Of all curves those that stay near to what most of them cover; all of them where that isn't most. */
function withoutDiverged(curves: readonly (readonly Float64Array[])[]): readonly (readonly Float64Array[])[] {
  const some = curves.filter((parts) => parts.some(({ length }) => length > 0));
  if (some.length < 3) return curves;
  const extents = some.map(domainOf);
  const low = median(extents.map(([least]) => least));
  const high = median(extents.map(([, most]) => most));
  const room = (high - low) * DIVERGED;
  if (!(room > 0)) return curves;
  return some.filter((_, at) => {
    const [least, most] = extents[at] as Domain;
    return least >= low - room && most <= high + room;
  });
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] as number;
}

/** The values that a curve covers in a window of x; on its edges too, where the line crosses them. */
function within(curve: Curve, [from, to]: Domain): Float64Array[] {
  const parts = [curve, ...(curve.raw === undefined ? [] : [curve.raw])];
  return parts.flatMap(({ x, y, low, high }) => {
    const start = Math.max(0, firstAtLeast(x, from) - (from > (x[0] as number) ? 1 : 0));
    const end = Math.min(x.length, firstAtLeast(x, to) + 1);
    return (low === undefined || high === undefined ? [y] : [low, high]).map((all) =>
      all.subarray(start, end),
    );
  });
}

/** How much of the window is left free at its top and at its bottom. */
const AIR = 0.05;

function aired([low, high]: Domain, log: boolean): Domain {
  if (log) {
    const factor = Math.exp((Math.log(high) - Math.log(low)) * AIR);
    return [low / factor || Number.MIN_VALUE, Math.min(high * factor, Number.MAX_VALUE)];
  }
  // Halved first: the distance between two doubles may be more than a double holds.
  const air = (high / 2 - low / 2) * 2 * AIR;
  if (!Number.isFinite(air)) return [low, high];
  return [Math.max(low - air, -Number.MAX_VALUE), Math.min(high + air, Number.MAX_VALUE)];
}
