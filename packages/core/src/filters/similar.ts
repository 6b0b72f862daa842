/**
 * Those of the names that may have been meant, the nearest first: case and `_` don't count, and a name may differ in
 * a letter, or two when it is long.
 */
export function similar(name: string, names: readonly string[]): string[] {
  const wanted = plain(name);
  if (wanted.length > LONGEST) return [];
  const allowed = wanted.length < 5 ? 1 : 2;
  return names
    .map((candidate) => ({ candidate, distance: distance(wanted, plain(candidate)) }))
    .filter(({ distance }) => distance <= allowed)
    .sort((a, b) => a.distance - b.distance)
    .map(({ candidate }) => candidate);
}

const LONGEST = 40;

function plain(name: string): string {
  return name.toLowerCase().replaceAll("_", "");
}

/** How many letters have to be put in, taken out or changed (Levenshtein). */
function distance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const line = [row];
    for (let column = 1; column <= b.length; column++) {
      const [left = 0, up = 0, corner = 0] = [line[column - 1], above[column], above[column - 1]];
      line.push(Math.min(left + 1, up + 1, corner + (a[row - 1] === b[column - 1] ? 0 : 1)));
    }
    above = line;
  }
  return above[b.length] ?? 0;
}
