/** The first place in ordered values that holds at least so much; their count when none does. */
export function firstAtLeast(values: Float64Array, value: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Where ordered values, of which there are some, are nearest to one. */
export function nearestTo(values: Float64Array, value: number): number {
  const after = Math.min(firstAtLeast(values, value), values.length - 1);
  if (after === 0) return 0;
  const [left, right] = [values[after - 1] as number, values[after] as number];
  return value - left <= right - value ? after - 1 : after;
}
