import { Scanner } from "./scanner.ts";

/**
 * The members of an object, each value as the text that stands there: digits, exponents and Python's tokens
 * are kept to the letter. A key that comes twice is listed twice.
 *
 * @throws SyntaxError when the text isn't one object.
 * @example
 * members('{"b": 1.0, "a": [NaN]}'); // [["b", "1.0"], ["a", "[NaN]"]]
 */
export function members(text: string): [key: string, raw: string][] {
  const found: [string, string][] = [];
  const scanner = new Scanner(text);
  scanner.object((key) => found.push([key, scanner.skip()]));
  scanner.end();
  return found;
}

/**
 * The elements of an array, each as the text that stands there.
 *
 * @throws SyntaxError when the text isn't one array.
 * @example
 * elements("[1.0, NaN]"); // ["1.0", "NaN"]
 */
export function elements(text: string): string[] {
  const found: string[] = [];
  const scanner = new Scanner(text);
  scanner.array(() => found.push(scanner.skip()));
  scanner.end();
  return found;
}
