/** The latest moment that `_timestamp` is taken for, in seconds: the year 5138. What is beyond is no seconds. */
const LATEST = 1e11;

/** Seconds since 1970, as W&B logs `_timestamp`, as milliseconds; undefined when they can't be seconds. */
export function momentsOf(seconds: Float64Array): Float64Array | undefined {
  return seconds.every((value) => !(Math.abs(value) > LATEST))
    ? seconds.map((value) => value * 1000)
    : undefined;
}
