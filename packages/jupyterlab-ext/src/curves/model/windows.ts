import { type Domain, domainOf, domainOfBulk, type Points, widened } from "@lazyruns/curves";
import type { Curve } from "./curves.ts";
import { firstAtLeast } from "./search.ts";

/** From where to where x goes over all these charts; undefined: there is no point. */
export function xDomainOf(
  charts: readonly { readonly curves: readonly Points[] }[],
  log: boolean,
): Domain | undefined {
  const xs = charts.flatMap(({ curves }) => curves.map(({ x }) => x));
  if (xs.every((x) => x.length === 0)) return undefined;
  // Each is in order.
  const ends = xs.filter((x) => x.length > 0).map((x) => Float64Array.of(x[0] as number, x.at(-1) as number));
  return widened(domainOf(ends), log);
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
  const cut = logY || isWhole ? domainOf : domainOfBulk;
  const [low, high] = cut(values.flat());
  const beyond = curves.filter((_, at) => {
    const [least, most] = domainOf(values[at] as Float64Array[]);
    return (values[at] as Float64Array[]).some((part) => part.length > 0) && (least < low || most > high);
  });
  return { domain: aired(logY && low <= 0 ? [1, 10] : widened([low, high], logY), logY), beyond };
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
