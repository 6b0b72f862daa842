import { Scanner } from "./scanner.ts";

/** An object as it stands in JSON text; its keys are own properties, `__proto__` too. */
export interface JsonObject {
  [key: string]: Json;
}

/** A value of Python's JSON: as JSON's, and besides `NaN`, the infinities and integers of any size. */
export type Json = null | boolean | number | bigint | string | Json[] | JsonObject;

/** An integer of 16 digits or more. It may also match inside a string: that only costs the slow way. */
const LONG_INTEGER = /(?:^|[[:,\s-])\d{16,}(?=\s*(?:[\],}]|$))/;

/**
 * Reads JSON as Python's `json` module and W&B's logger write it.
 *
 * `NaN`, `Infinity` and `-Infinity` are numbers. An integer beyond `Number.MAX_SAFE_INTEGER` either way
 * is a `bigint`, every other number a `number`. Strict JSON with no long integer goes through `JSON.parse`.
 *
 * @throws SyntaxError naming the place, when the text is neither JSON nor Python's JSON.
 * @example
 * parse('{"loss": NaN, "id": 9007199254740993}'); // { loss: NaN, id: 9007199254740993n }
 */
export function parse(text: string): Json {
  if (!LONG_INTEGER.test(text)) {
    try {
      return JSON.parse(text) as Json;
    } catch {
      // Python's tokens, or an error that the scanner names with its place.
    }
  }
  return new Scanner(text).document();
}
