/** Text that is JSON already and is written as it stands. */
export class RawJson {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** How a number that JSON has no token for is written: Python's token, or that token as a string. */
export interface StringifyOptions {
  /** `"token"` writes `NaN`, `"string"` writes `"NaN"`. Default `"token"`. */
  nonFinite?: "token" | "string";
}

/**
 * Writes a value as JSON: a `bigint` as its digits, `NaN` and the infinities as the option says, a member that is
 * `undefined` not at all. Keys keep their order; negative zero keeps its sign.
 *
 * @throws TypeError for what has no JSON form (a function, a symbol, a cycle).
 * @example
 * stringify({ loss: NaN, id: 9007199254740993n }); // '{"loss":NaN,"id":9007199254740993}'
 */
export function stringify(value: unknown, options: StringifyOptions = {}): string {
  return write(value, options.nonFinite === "string", new Set());
}

function write(value: unknown, quoted: boolean, above: Set<object>): string {
  switch (typeof value) {
    case "number":
      if (Number.isFinite(value)) return Object.is(value, -0) ? "-0" : String(value);
      return quoted ? `"${value}"` : String(value);
    case "bigint":
      return String(value);
    case "string":
    case "boolean":
      return JSON.stringify(value);
    case "object": {
      if (value === null) return "null";
      if (value instanceof RawJson) return value.text;
      if (above.has(value)) throw new TypeError("A value that contains itself has no JSON form");
      above.add(value);
      const text = Array.isArray(value)
        ? `[${value.map((item) => (item === undefined ? "null" : write(item, quoted, above))).join(",")}]`
        : writeObject(value, quoted, above);
      above.delete(value);
      return text;
    }
    default:
      throw new TypeError(`A ${typeof value} has no JSON form`);
  }
}

function writeObject(value: object, quoted: boolean, above: Set<object>): string {
  if ("toJSON" in value && typeof value.toJSON === "function") return write(value.toJSON(), quoted, above);
  const parts: string[] = [];
  for (const [key, item] of Object.entries(value)) {
    if (item !== undefined) parts.push(`${JSON.stringify(key)}:${write(item, quoted, above)}`);
  }
  return `{${parts.join(",")}}`;
}
