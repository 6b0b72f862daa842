/**
 * Makes keys that are all different: the first of those that are alike stays as it is, and the others get numbers.
 *
 * @param keys - as wanted
 * @param numbered - a key with a number from 2, which no other key with another number is the same as
 */
export function distinct(keys: readonly string[], numbered: (key: string, n: number) => string): string[] {
  const taken = new Set(keys);
  const counts = new Map<string, number>();
  return keys.map((key) => {
    let count = (counts.get(key) ?? 0) + 1;
    let own = key;
    if (count > 1) {
      own = numbered(key, count);
      while (taken.has(own)) own = numbered(key, ++count);
      taken.add(own);
    }
    counts.set(key, count);
    return own;
  });
}
