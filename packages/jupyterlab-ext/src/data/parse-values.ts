import type { OutputType } from "@lazyruns/notebook/mime";
import { asMoment, jsonText } from "./json.ts";
import type { Cell } from "./runs-data.ts";

/** Longer decimal text stays text: to make a number of it takes too long. */
const MOST_DIGITS = 1000;
const WHOLE = /^-?\d+$/;

/** What a value is by its column's type; undefined: it isn't of that type. */
type Reader = (value: unknown) => Cell | undefined;

const READERS: ReadonlyMap<unknown, Reader> = new Map<OutputType, Reader>([
  ["int64", (value) => (typeof value === "number" ? value : wholeNumber(value))],
  ["float64", (value) => (typeof value === "number" ? value : (notFinite(value) ?? wholeNumber(value)))],
  ["bool", (value) => (typeof value === "boolean" ? value : undefined)],
  ["utf8", (value) => (typeof value === "string" ? value : undefined)],
  ["json", (value) => value as Cell],
  ["datetime", asMoment],
  ["null", () => undefined],
]);

/** A column's values, as checked. */
export interface Values {
  /** `json`, or `utf8` where all are text, when some of the values aren't of the type that was said. */
  readonly dtype: OutputType;
  readonly values: Cell[];
  /** Whether the type is one that is known here. */
  readonly isKnown: boolean;
  /** How many values aren't of the type that was said. */
  readonly misfits: number;
}

/**
 * Reads a column's values: as many as there are rows, whatever is given.
 *
 * @param dtype - what the values are said to be
 * @param given - the values
 * @param numRows - how many rows there are
 */
export function parseValues(dtype: unknown, given: readonly unknown[], numRows: number): Values {
  const read = READERS.get(dtype);
  const values: Cell[] = new Array(numRows);
  let misfits = 0;
  for (let row = 0; row < numRows; row++) {
    const value = given[row] ?? null;
    const cell = value === null ? null : read === undefined ? asShown(value) : read(value);
    if (cell === undefined) misfits++;
    values[row] = cell === undefined ? (value as Cell) : cell;
  }
  if (read === undefined) return { dtype: "utf8", values, isKnown: false, misfits };
  if (misfits === 0) return { dtype: dtype as OutputType, values, isKnown: true, misfits };
  // Moments are numbers, which nothing would tell from others here: they stay the text that they came as.
  const mixed = dtype === "datetime" ? values.map((_, row) => (given[row] ?? null) as Cell) : values;
  const isText = mixed.every((value) => value === null || typeof value === "string");
  return { dtype: isText ? "utf8" : "json", values: mixed, isKnown: true, misfits };
}

function asShown(value: unknown): string {
  return typeof value === "string" ? value : jsonText(value);
}

function notFinite(value: unknown): number | undefined {
  switch (value) {
    case "NaN":
      return Number.NaN;
    case "Infinity":
      return Number.POSITIVE_INFINITY;
    case "-Infinity":
      return Number.NEGATIVE_INFINITY;
    default:
      return undefined;
  }
}

function wholeNumber(value: unknown): number | bigint | string | undefined {
  if (typeof value !== "string" || !WHOLE.test(value)) return undefined;
  if (value.length > MOST_DIGITS) return value;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : BigInt(value);
}
