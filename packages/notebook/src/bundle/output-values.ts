import type { OutputColumnValues, OutputJson, OutputType } from "../mime.ts";
import { dateOf } from "./cell-text.ts";
import { MOST_TEXT } from "./limits.ts";
import { isoText, plain, plainNumber, shorten } from "./plain.ts";

/** A column's values as an output has them, and how many of them are shortened. */
export interface OutputValues {
  readonly column: OutputColumnValues;
  readonly shortened: number;
}

/**
 * Values of any kind as an output has them: of the type they have in common, or else as JSON.
 *
 * @param dtype - the type that they are known to have
 * @param mostText - the most characters of a text, or of a nested value as JSON
 */
export function outputValues(
  values: readonly unknown[],
  dtype = typeOf(values),
  mostText = MOST_TEXT,
): OutputValues {
  let shortened = 0;
  const short = (value: unknown): OutputJson => {
    const json = plain(value);
    const text = typeof json === "string" ? json : typeof json === "object" ? JSON.stringify(json) : "";
    if (text.length <= mostText) return json;
    shortened++;
    return shorten(text, mostText);
  };
  const each = <T>(one: (value: unknown) => T) =>
    values.map((value) => (value === null || value === undefined ? null : one(value)));
  const column = ((): OutputColumnValues => {
    switch (dtype) {
      case "int64":
      case "float64":
        return { dtype, values: each((value) => numberOut(value as number | bigint)) };
      case "bool":
        return { dtype, values: each((value) => value === true) };
      case "utf8":
        return { dtype, values: each((value) => short(value) as string) };
      case "datetime":
        return { dtype, values: each((value) => momentOut(value)) };
      case "null":
        return { dtype, values: values.map(() => null) };
      default:
        return { dtype: "json", values: each(short) };
    }
  })();
  return { column, shortened };
}

/** The type that values have in common; what has none is JSON. */
export function typeOf(values: readonly unknown[]): OutputType {
  let type: OutputType = "null";
  for (const value of values) {
    if (value === null || value === undefined) continue;
    const own = typeOfOne(value);
    if (own === "json") return "json";
    if (type === "null" || type === own) type = own;
    else if (isNumeric(type) && isNumeric(own)) type = "float64";
    else return "json";
  }
  return type;
}

export function isNumeric(type: OutputType): boolean {
  return type === "int64" || type === "float64";
}

function typeOfOne(value: unknown): OutputType {
  switch (typeof value) {
    case "bigint":
      return "int64";
    case "number":
      return Number.isSafeInteger(value) ? "int64" : "float64";
    case "boolean":
      return "bool";
    case "string":
      return "utf8";
    default:
      return value instanceof Date ? "datetime" : "json";
  }
}

function numberOut(value: number | bigint): number | string {
  if (typeof value === "bigint") return plain(value) as number | string;
  return plainNumber(value);
}

/** A moment is a date, or ISO text already. */
function momentOut(value: unknown): string | null {
  return isoText(dateOf(value));
}
