/** A value of Python's with its type, as the tests' Python programs print it. */
export type Tagged =
  | ["plain", null | boolean | string]
  | ["int" | "float", string]
  | ["list", Tagged[]]
  | ["dict", [string, Tagged][]];

const FLOATS = new Map([
  ["nan", Number.NaN],
  ["inf", Number.POSITIVE_INFINITY],
  ["-inf", Number.NEGATIVE_INFINITY],
]);

/** The value as core has it: an integer that a double can't hold is a bigint, and NaN and the infinities are numbers. */
export function untag(tagged: Tagged): unknown {
  switch (tagged[0]) {
    case "plain":
      return tagged[1];
    case "int":
      return Number.isSafeInteger(Number(tagged[1])) ? Number(tagged[1]) : BigInt(tagged[1]);
    case "float":
      return FLOATS.get(tagged[1]) ?? Number(tagged[1]);
    case "list":
      return tagged[1].map(untag);
    case "dict":
      return Object.fromEntries(tagged[1].map(([key, value]) => [key, untag(value)]));
  }
}
