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

/** The first place in ordered values that holds more; their count when none does. */
export function firstAbove(values: Float64Array, value: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] as number) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Where ordered values, of which there are some, are nearest to one: of equal ones the last, which was logged last. */
export function nearestTo(values: Float64Array, value: number): number {
  const after = Math.min(firstAtLeast(values, value), values.length - 1);
  const right = values[after] as number;
  const left = after === 0 ? right : (values[after - 1] as number);
  return firstAbove(values, value - left <= right - value ? left : right) - 1;
}
