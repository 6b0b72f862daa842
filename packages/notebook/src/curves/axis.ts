import type { Axis } from "./curve.ts";
import type { CurveSource } from "./source.ts";

/** The latest moment that `_timestamp` is taken for, in seconds: the year 5138. What is beyond is no seconds. */
const LATEST = 1e11;

/** What x is, and its numbers: `_timestamp`, which W&B logs in seconds since 1970, as the moments that it means. */
export function axisOf(
  source: CurveSource,
  x: string | undefined,
): { readonly axis: Axis | undefined; readonly xs: Float64Array | undefined } {
  if (x === undefined) return { axis: undefined, xs: undefined };
  const xs = source.numbers(x);
  if (source.isTime(x)) return { axis: { name: x, isTime: true }, xs };
  const isSeconds = x === "_timestamp" && xs?.every((value) => !(Math.abs(value) > LATEST)) === true;
  return { axis: { name: x, isTime: isSeconds }, xs: isSeconds ? xs.map((value) => value * 1000) : xs };
}
