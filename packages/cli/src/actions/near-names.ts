import { distance } from "fastest-levenshtein";

/**
 * Those of the names that may have been meant, the nearest first: case doesn't count, and a third of the letters may be
 * other ones, three at most.
 *
 * @example
 * nearNames("train/lsos", ["epoch", "train/loss"]); // ["train/loss"]
 */
export function nearNames(name: string, names: Iterable<string>): string[] {
  const wanted = name.toLowerCase();
  const allowed = Math.min(3, Math.floor(name.length / 3));
  return [...names]
    .map((each) => ({ each, far: distance(wanted, each.toLowerCase()) }))
    .filter(({ far }) => far <= allowed)
    .sort((a, b) => a.far - b.far)
    .map(({ each }) => each);
}
