import { jsonText } from "@lazyruns/json";
import { type ChunkColumn, isValid, valueAt } from "./chunk.ts";
import type { DType } from "./dtype.ts";
import { RepeatedText, StringTexts, type Texts } from "./texts.ts";

const LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;
const LOW = LITTLE_ENDIAN ? 0 : 1;
const HIGH = 1 - LOW;

/** Writes a part of a column of numbers or truth values into an array of the whole column's type. */
export function writeNumbers(
  column: ChunkColumn | undefined,
  numRows: number,
  target: Float64Array | BigInt64Array | Uint8Array,
  at: number,
): void {
  if (column === undefined || column.kind === "null") {
    if (target instanceof Float64Array) target.fill(Number.NaN, at, at + numRows);
    else if (target instanceof BigInt64Array) target.fill(0n, at, at + numRows);
    else target.fill(0, at, at + numRows);
  } else if (target instanceof Float64Array) writeDoubles(column, numRows, target, at);
  else if (target instanceof BigInt64Array) {
    if (column.kind !== "int64" && column.kind !== "datetime") {
      throw new TypeError(`Values of type ${column.kind} are no whole numbers`);
    }
    if (column.values instanceof BigInt64Array) target.set(column.values, at);
    else writeLongs(column.values, target, at);
  } else if (column.kind === "bool") target.set(column.values, at);
  else throw new TypeError(`Values of type ${column.kind} don't go into a Uint8Array`);
}

function writeDoubles(column: ChunkColumn, numRows: number, target: Float64Array, at: number): void {
  if (column.kind !== "float64" && column.kind !== "int64") {
    throw new TypeError(`Values of type ${column.kind} are no numbers`);
  }
  if (column.values instanceof Float64Array) target.set(column.values, at);
  else for (const [row, value] of column.values.entries()) target[at + row] = Number(value);
  if (column.kind === "int64" && column.validity !== null) {
    for (let row = 0; row < numRows; row++) if (!isValid(column, row)) target[at + row] = Number.NaN;
  }
}

/** Writes safe integers as two halves each: making a bigint of every one takes many times as long. */
function writeLongs(values: Float64Array, target: BigInt64Array, at: number): void {
  const halves = new Int32Array(target.buffer, target.byteOffset, target.length * 2);
  for (let row = 0; row < values.length; row++) {
    const value = values[row] as number;
    halves[(at + row) * 2 + LOW] = value;
    halves[(at + row) * 2 + HIGH] = Math.floor(value / 4294967296);
  }
}

/** The texts of a part of a column that is text or JSON as a whole. */
export function textOf(column: ChunkColumn | undefined, numRows: number, dtype: DType): Texts {
  if (column === undefined || column.kind === "null") return new RepeatedText("", numRows);
  if (column.kind === dtype) return (column as ChunkColumn & { readonly texts: Texts }).texts;
  if (dtype !== "json") throw new TypeError(`Values of type ${column.kind} are no text`);
  return new StringTexts(
    Array.from({ length: numRows }, (_, row) => {
      const value = valueAt(column, row);
      return value === undefined || value === null ? "" : jsonText(value);
    }),
  );
}
