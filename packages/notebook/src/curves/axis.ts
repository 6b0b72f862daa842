import { momentsOf } from "@lazyruns/curves";
import type { Axis } from "./curve.ts";
import type { CurveSource } from "./source.ts";

/** What x is, and its numbers: `_timestamp`, which W&B logs in seconds since 1970, as the moments that it means. */
export function axisOf(
  source: CurveSource,
  x: string | undefined,
): { readonly axis: Axis | undefined; readonly xs: Float64Array | undefined } {
  if (x === undefined) return { axis: undefined, xs: undefined };
  const xs = source.numbers(x);
  if (source.isTime(x)) return { axis: { name: x, isTime: true }, xs };
  const moments = x === "_timestamp" && xs !== undefined ? momentsOf(xs) : undefined;
  return { axis: { name: x, isTime: moments !== undefined }, xs: moments ?? xs };
}
