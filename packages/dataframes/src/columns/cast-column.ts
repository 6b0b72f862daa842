import type { AnyColumn, DType } from "@lazyruns/core";
import { jsonText } from "@lazyruns/json";
import { bitmapBytes, isSet } from "../bits.ts";

/** What arrays are made of: the part of a column that they read. */
export type CastColumn = Pick<
  AnyColumn,
  "name" | "dtype" | "length" | "nullCount" | "isExact" | "values" | "validity" | "copyValidity"
> & { copyValues(target: unknown): void; toUtf8(): { offsets: Int32Array; data: Uint8Array } };

/** Whether values of a type go into a column of another, as far as types tell. */
export function canCast(from: DType, to: DType): boolean {
  return from === to || from === "null" || to === "json" || (from === "int64" && to === "float64");
}

/**
 * A column's values as a type that holds them: whole numbers as doubles, anything as JSON text, nothing as nulls.
 *
 * @param column - absent: nulls
 * @param to - a type that `canCast`
 */
export function castColumn(
  column: AnyColumn | undefined,
  name: string,
  to: DType,
  length: number,
): AnyColumn {
  if (column === undefined || column.dtype === "null") return nulls(name, to, length);
  if (column.dtype === to) return column;
  const cast = to === "json" ? asJson(column) : asDoubles(column as AnyColumn & { dtype: "int64" });
  return cast as unknown as AnyColumn;
}

function nulls(name: string, dtype: DType, length: number): AnyColumn {
  const column: CastColumn = {
    name,
    dtype,
    length,
    nullCount: length,
    isExact: true,
    validity: new Uint8Array(bitmapBytes(length)),
    get values() {
      if (dtype === "int64" || dtype === "datetime") return new BigInt64Array(length);
      if (dtype === "utf8" || dtype === "json") return new Array<string>(length).fill("");
      return dtype === "float64" ? new Float64Array(length) : new Uint8Array(length);
    },
    copyValidity: () => undefined,
    copyValues: () => undefined,
    toUtf8: () => ({ offsets: new Int32Array(length + 1), data: new Uint8Array() }),
  };
  return column as unknown as AnyColumn;
}

const SAFE = 2 ** 53;

function asDoubles(column: AnyColumn & { readonly dtype: "int64" }): CastColumn {
  const { values: longs, length } = column;
  const values = new Float64Array(length);
  let isExact = true;
  for (let row = 0; row < length; row++) {
    const double = Number(longs[row]);
    values[row] = double;
    if ((double >= SAFE || double <= -SAFE) && BigInt(double) !== longs[row]) isExact = false;
  }
  return {
    ...shared(column),
    dtype: "float64",
    isExact,
    values,
    copyValues: (target) => (target as Float64Array).set(values),
    toUtf8: noText,
  };
}

function asJson(column: AnyColumn): CastColumn {
  const { length } = column;
  const { validity } = column;
  const values = Array.from({ length }, (_, row) =>
    validity !== null && !isSet(validity, row) ? "" : jsonText(column.get(row)),
  );
  return {
    ...shared(column),
    dtype: "json",
    isExact: true,
    values,
    copyValues: noNumbers,
    toUtf8: () => toUtf8(values),
  };
}

function shared(column: AnyColumn) {
  const { name, length, nullCount, validity } = column;
  return { name, length, nullCount, validity, copyValidity: column.copyValidity.bind(column) };
}

function toUtf8(texts: readonly string[]): { offsets: Int32Array; data: Uint8Array } {
  const offsets = new Int32Array(texts.length + 1);
  const pieces = texts.map((text) => Buffer.from(text, "utf8"));
  let end = 0;
  for (const [row, piece] of pieces.entries()) offsets[row + 1] = end += piece.length;
  return { offsets, data: Buffer.concat(pieces, end) };
}

function noText(): never {
  throw new TypeError("A column of numbers has no text");
}

function noNumbers(): never {
  throw new TypeError("A column of text has no numbers");
}
