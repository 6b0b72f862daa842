/**
 * Which of `count` rows a sample of `samples` takes: all when they fit, else evenly spread, the first and the last
 * among them (the last alone when one is asked for). The same question always has the same answer.
 *
 * @returns indexes, strictly rising
 */
export function sampleIndexes(count: number, samples: number): number[] {
  if (count <= samples) return [...Array(count).keys()];
  if (samples <= 0) return [];
  if (samples === 1) return [count - 1];
  const stride = (count - 1) / (samples - 1);
  return Array.from({ length: samples }, (_, index) => Math.round(index * stride));
}

/** A sample of the rows themselves. */
export function sampleRows<T>(rows: readonly T[], samples: number): T[] {
  return sampleIndexes(rows.length, samples).map((index) => rows[index] as T);
}
