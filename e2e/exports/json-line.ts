/** A number that Python logs as a float although it is whole: `1.0`. */
export class Double {
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }
}

/** What a run logs. */
export type Logged =
  | null
  | boolean
  | string
  | number
  | bigint
  | Double
  | readonly Logged[]
  | { readonly [key: string]: Logged };

/** A value as the logging client writes it: with bare `NaN` and `Infinity`, and whole numbers of any size. */
export function jsonLine(value: Logged): string {
  if (typeof value === "bigint") return String(value);
  if (typeof value === "number") return Object.is(value, -0) ? "-0.0" : String(value);
  if (value instanceof Double)
    return Number.isInteger(value.value) ? `${value.value}.0` : String(value.value);
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(jsonLine).join(",")}]`;
  const entries = Object.entries(value as { [key: string]: Logged });
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${jsonLine(item)}`).join(",")}}`;
}
