import type { OutputColumnValues, OutputType } from "../mime.ts";
import { LEAST_TEXT, MOST_TEXT } from "./limits.ts";
import { outputValues } from "./output-values.ts";

/** A column's values, before they take the form of an output. */
export interface ValuesIn {
  readonly values: readonly unknown[];
  /** Undefined: by the values. */
  readonly dtype?: OutputType | undefined;
}

const encoder = new TextEncoder();

/** The bytes of a value as JSON. */
export function jsonBytes(value: unknown): number {
  return encoder.encode(JSON.stringify(value)).length;
}

/** The bytes that the columns' texts and nested values take as JSON, each of at most so many characters. */
export function textBytes(columns: readonly ValuesIn[], mostText = MOST_TEXT): number {
  const made = columns.map(({ values, dtype }) => outputValues(values, dtype, mostText).column);
  return made.filter(isText).reduce((sum, { values }) => sum + jsonBytes(values), 0);
}

/** The most characters that each text can have for all of them to fit, from 200 to 12. */
export function fittingText(columns: readonly ValuesIn[], mostBytes: number): number {
  let most = MOST_TEXT;
  while (most > LEAST_TEXT) {
    const bytes = textBytes(columns, most);
    if (bytes <= mostBytes) break;
    most = Math.max(LEAST_TEXT, Math.floor(most * Math.min(0.9, mostBytes / bytes)));
  }
  return most;
}

function isText({ dtype }: OutputColumnValues): boolean {
  return dtype === "utf8" || dtype === "json";
}
