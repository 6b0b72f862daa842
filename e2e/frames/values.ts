/**
 * A value as Python has it. Whole numbers are bigints and other numbers numbers, so that 1 and 1.0 are told apart;
 * an object is a map, whose order counts for nothing.
 */
export type Value = null | boolean | string | bigint | number | readonly Value[] | ReadonlyMap<string, Value>;

/** A value as `read_frames.py` prints it. */
export type Tagged =
  | ["plain", null | boolean | string]
  | ["int" | "float" | "time", string]
  | ["list", Tagged[]]
  | ["dict", [string, Tagged][]];

/** The value that was printed. A time is its nanoseconds since 1970. */
export function untag(tagged: Tagged): Value {
  switch (tagged[0]) {
    case "plain":
      return tagged[1];
    case "int":
    case "time":
      return BigInt(tagged[1]);
    case "float":
      return NON_FINITE.get(tagged[1]) ?? Number(tagged[1]);
    case "list":
      return tagged[1].map(untag);
    case "dict":
      return new Map(tagged[1].map(([key, value]) => [key, untag(value)]));
  }
}

/** Reads JSON text as Python does: with NaN and the infinities, and with every digit of whole numbers. */
export function parseJson(text: string): Value {
  const strict = text.replace(TOKENS, (token) => {
    if (token.startsWith('"')) return token;
    if (NON_FINITE.has(token)) return JSON.stringify({ [FLOAT]: token });
    return /^-?\d+$/.test(token) ? JSON.stringify({ [INT]: token }) : token;
  });
  return fromJson(JSON.parse(strict));
}

/** The same value with every whole number that a double holds as that number, for those to whom 1 and 1.0 are one. */
export function loosen(value: Value): Value {
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  if (isList(value)) return value.map(loosen);
  if (isMap(value)) return new Map([...value].map(([key, item]) => [key, loosen(item)]));
  return value;
}

export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

export function isMap(value: Value): value is ReadonlyMap<string, Value> {
  return value instanceof Map;
}

/** The words of Python's `repr` and of JSON as Python writes it. */
const NON_FINITE = new Map([
  ["nan", Number.NaN],
  ["inf", Number.POSITIVE_INFINITY],
  ["-inf", Number.NEGATIVE_INFINITY],
  ["NaN", Number.NaN],
  ["Infinity", Number.POSITIVE_INFINITY],
  ["-Infinity", Number.NEGATIVE_INFINITY],
]);

const FLOAT = "a float that JSON can't hold";
const INT = "a whole number of any size";
/** Strings, so that nothing inside one is taken; words that JSON hasn't; numbers. */
const TOKENS = /"(?:[^"\\]|\\.)*"|-?(?:NaN|Infinity)|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

function fromJson(json: unknown): Value {
  if (Array.isArray(json)) return json.map(fromJson);
  if (typeof json !== "object" || json === null) return json as null | boolean | string | number;
  if (FLOAT in json) return NON_FINITE.get(String(json[FLOAT])) as number;
  if (INT in json) return BigInt(String(json[INT]));
  return new Map(Object.entries(json).map(([key, value]) => [key, fromJson(value)]));
}
