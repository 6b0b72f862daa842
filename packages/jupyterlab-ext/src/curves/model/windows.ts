import { type Domain, domainOf, domainOfBulk, toward, widened } from "@lazyruns/curves";
import type { Curve } from "./curves.ts";
import type { Line } from "./lines.ts";
import { firstAbove, firstAtLeast } from "./search.ts";
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

/** How small a part of the axis may be shown: less would be one point, and beyond what doubles tell apart. */
const CLOSEST = 1e-9;

/** A part of x as far as there is any; undefined: all of it. */
export function zoomWithin(
  [low, high]: Domain,
  whole: Domain | undefined,
  logX: boolean,
): Domain | undefined {
  if (whole === undefined) return undefined;
  const [from, to] = [Math.max(low, whole[0]), Math.min(high, whole[1])];
  if (!(to > from) || (from === whole[0] && to === whole[1])) return undefined;
  // Logarithmic axes are measured as they are seen: a thousandth of their numbers may be half of their length.
  const [scale, back] = logX ? [Math.log, Math.exp] : [Number, Number];
  const least = (scale(whole[1]) - scale(whole[0])) * CLOSEST;
  return scale(to) - scale(from) >= least ? [from, to] : [from, back(scale(from) + least)];
}

/** From where to where y goes, and what goes beyond. */
export interface YWindow {
  readonly domain: Domain;
  /** How many curves are cut. */
  readonly beyond: number;
  /** From where to where those go, as far as they lie in the window of x. */
  readonly reach: Domain;
}

/** What decides where y goes. */
export interface YQuestion {
  readonly x: Domain;
  readonly logX: boolean;
  readonly logY: boolean;
  /** Whether what is far out is shown, even if all else becomes a flat line. */
  readonly isWhole: boolean;
}

/**
 * The window of y for what lies in a window of x: the bulk of it, so that a run that diverged doesn't flatten the others,
 * with some air around.
 */
export function yWindowOf(curves: readonly Curve[], question: YQuestion): YWindow {
  const { logY, isWhole } = question;
  const covered = curves
    .map((curve) => within(curve, question))
    .filter((parts) => parts.some(isAny))
    .map(coveredBy);
  const [low, high] = isWhole ? extentOf(covered) : bulkOf(covered, logY);
  const beyond = covered.filter(({ extent: [least, most] }) => least < low || most > high);
  return {
    domain: aired(logY && low <= 0 ? [1, 10] : widened([low, high], logY), logY),
    beyond: beyond.length,
    reach: extentOf(beyond),
  };
}

/** What a curve covers in a window: its values, and from where to where they go, which is looked for once. */
interface Covered {
  readonly parts: readonly Float64Array[];
  readonly extent: Domain;
}

function coveredBy(parts: readonly Float64Array[]): Covered {
  return { parts, extent: domainOf(parts) };
}

function extentOf(covered: readonly Covered[]): Domain {
  return domainOf(covered.map(({ extent }) => Float64Array.from(extent)));
}

/** From where to where the points go that were logged in a window of x; undefined: there are none. */
export function loggedWithin(curves: readonly Curve[], [from, to]: Domain): Domain | undefined {
  const logged = curves.map(({ x, y, raw }) =>
    (raw?.y ?? y).subarray(firstAtLeast(x, from), firstAbove(x, to)),
  );
  return logged.some(isAny) ? domainOf(logged) : undefined;
}

/** How many powers of ten something is apart at least to be far out on a logarithmic axis: it is there to hold several. */
const FAR_POWERS = 3;

/** The least and the most without what is far out, as the axis of y measures it. */
function bulkOf(covered: readonly Covered[], logY: boolean): Domain {
  if (!logY) return bulkAmong(covered);
  const [low, high] = extentOf(covered);
  const logs = covered.map(({ parts }) => coveredBy(parts.map((values) => values.map(Math.log10))));
  const [least, most] = bulkAmong(logs);
  return [
    Math.log10(low) < least - FAR_POWERS ? 10 ** least * (1 - ROUNDED) : low,
    Math.log10(high) > most + FAR_POWERS ? 10 ** most * (1 + ROUNDED) : high,
  ];
}

function bulkAmong(covered: readonly Covered[]): Domain {
  const near = withoutDiverged(covered);
  return domainOfBulk(
    near.flatMap(({ parts }) => parts),
    extentOf(near),
  );
}

/** What a logarithm and back may take from a value, as a part of it. */
const ROUNDED = 1e-9;

/** How far beyond what most curves cover one goes that diverged, in their extents. */
const DIVERGED = 20;

/** Of all curves those that stay near to what most of them cover; all of them where that isn't most. */
function withoutDiverged(curves: readonly Covered[]): readonly Covered[] {
  if (curves.length < 3) return curves;
  const low = median(curves.map(({ extent }) => extent[0]));
  const high = median(curves.map(({ extent }) => extent[1]));
  const room = (high - low) * DIVERGED;
  if (!(room > 0)) return curves;
  return curves.filter(({ extent: [least, most] }) => least >= low - room && most <= high + room);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] as number;
}

/** The values that a curve covers in a window of x: of its points, and on the edges where its line crosses them. */
function within(curve: Curve, { x: [from, to], logX, logY }: YQuestion): Float64Array[] {
  const { x, gaps } = curve;
  const [start, end] = [firstAtLeast(x, from), firstAbove(x, to)];
  const crossings = [
    [start, from],
    [end, to],
  ].flatMap(([at, edge]) => crossingOf(x, gaps, { at: at as number, edge: edge as number, logX }) ?? []);
  const parts = [curve, ...(curve.raw === undefined ? [] : [curve.raw])];
  return parts
    .flatMap(({ y, low, high }) => (low === undefined || high === undefined ? [y] : [low, high]))
    .flatMap((all) => [
      all.subarray(start, end),
      Float64Array.from(crossings, ({ at, part }) =>
        between(all[at - 1] as number, all[at] as number, part, logY),
      ),
    ]);
}

function isAny({ length }: Float64Array): boolean {
  return length > 0;
}

/** Where a line crosses an edge: on its way to which point, and how far; undefined: no line does. */
function crossingOf(
  x: Float64Array,
  gaps: Float64Array,
  { at, edge, logX }: { readonly at: number; readonly edge: number; readonly logX: boolean },
): { readonly at: number; readonly part: number } | undefined {
  const [before, after] = [x[at - 1], x[at]];
  if (before === undefined || after === undefined || before === edge || after === edge) return undefined;
  const gap = gaps[firstAbove(gaps, before)];
  if (gap !== undefined && gap <= after) return undefined;
  // Halved: the distance between two doubles may be more than a double holds.
  const scale = logX ? Math.log : (value: number) => value / 2;
  return { at, part: (scale(edge) - scale(before)) / (scale(after) - scale(before)) };
}

function between(from: number, to: number, part: number, log: boolean): number {
  return log ? Math.exp(toward(Math.log(from), Math.log(to), part)) : toward(from, to, part);
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
