import type { ColumnData } from "@lazyruns/core";
import { jsonText } from "@lazyruns/json";

type DType = ColumnData["dtype"];

/** Rows as columns: each of them has a value or a null a row. */
export interface Rows {
  readonly numRows: number;
  readonly columns: readonly ColumnData[];
}

/** The type of what is of one type in one place and of another elsewhere. */
export function uniteTypes(a: DType, b: DType): DType {
  if (a === b || b === "null") return a;
  if (a === "null") return b;
  const numbers = (a === "int64" && b === "float64") || (a === "float64" && b === "int64");
  return numbers ? "float64" : "json";
}

export function hasValue({ validity }: ColumnData, row: number): boolean {
  return validity === null || (((validity[row >>> 3] as number) >>> (row & 7)) & 1) === 1;
}

/** A column of nothing but nulls. */
export function nulls(name: string, dtype: DType, numRows: number): ColumnData {
  return {
    name,
    dtype,
    values: emptyValues(dtype, numRows),
    validity: new Uint8Array((numRows + 7) >>> 3),
  } as ColumnData;
}

/**
 * A column as another type that holds its values: whole numbers as doubles, anything as JSON text. Whole numbers of which
 * a double would be another one stay as they are.
 */
export function cast(column: ColumnData, to: DType): ColumnData {
  const { name, dtype, values, validity } = column;
  if (dtype === to || to === "null") return column;
  if (dtype === "null") return nulls(name, to, values.length);
  if (to === "float64" && dtype === "int64") {
    const doubles = new Float64Array(values.length);
    for (let row = 0; row < values.length; row++) {
      const double = Number(values[row]);
      doubles[row] = double;
      const isExact = Math.abs(double) < 2 ** 53 || BigInt(double) === values[row];
      if (!isExact && hasValue(column, row)) return column;
    }
    return { name, dtype: to, values: doubles, validity };
  }
  if (to !== "json") return column;
  const texts = Array.from({ length: values.length }, (_, row) =>
    hasValue(column, row) ? textOf(column, row) : "",
  );
  return { name, dtype: to, values: texts, validity };
}

function textOf({ dtype, values }: ColumnData, row: number): string {
  const value = values[row];
  if (dtype === "json") return value as string;
  if (dtype === "bool") return value === 1 ? "true" : "false";
  if (dtype === "datetime") return jsonText(new Date(Number(value)).toISOString());
  return jsonText(value);
}

/** Some rows that follow one another. */
export function slice({ numRows, columns }: Rows, start: number, end: number): Rows {
  if (start === 0 && end === numRows) return { numRows, columns };
  return { numRows: end - start, columns: columns.map((column) => sliceColumn(column, start, end)) };
}

function sliceColumn(column: ColumnData, start: number, end: number): ColumnData {
  const values = Array.isArray(column.values)
    ? column.values.slice(start, end)
    : (column.values as Float64Array).subarray(start, end);
  return { ...column, values, validity: sliceBits(column, start, end) } as ColumnData;
}

function sliceBits(column: ColumnData, start: number, end: number): Uint8Array | null {
  if (column.validity === null) return null;
  if (start % 8 === 0) return column.validity.subarray(start >>> 3, (end + 7) >>> 3);
  const bits = new Uint8Array((end - start + 7) >>> 3);
  for (let row = start; row < end; row++) if (hasValue(column, row)) setBit(bits, row - start);
  return bits;
}

/** Some rows, in another order too. */
export function take({ columns }: Rows, places: Uint32Array): Rows {
  return {
    numRows: places.length,
    columns: columns.map((column) => {
      const values = emptyValues(column.dtype, places.length) as unknown[];
      for (let row = 0; row < places.length; row++) values[row] = column.values[places[row] as number];
      return { ...column, values, validity: takeBits(column, places) } as ColumnData;
    }),
  };
}

function takeBits(column: ColumnData, places: Uint32Array): Uint8Array | null {
  if (column.validity === null) return null;
  const bits = new Uint8Array((places.length + 7) >>> 3);
  for (let row = 0; row < places.length; row++)
    if (hasValue(column, places[row] as number)) setBit(bits, row);
  return bits;
}

/** Rows one after another. All have the same columns in the same order. */
export function concat(parts: readonly Rows[]): Rows {
  const [first] = parts;
  if (first === undefined) return { numRows: 0, columns: [] };
  if (parts.length === 1) return first;
  const numRows = parts.reduce((sum, part) => sum + part.numRows, 0);
  const columns = first.columns.map((_, index) => {
    const columns = parts.map((part) => part.columns[index] as ColumnData);
    return concatColumns(columns, numRows);
  });
  return { numRows, columns };
}

function concatColumns(parts: readonly ColumnData[], numRows: number): ColumnData {
  const { name } = parts[0] as ColumnData;
  // They differ where whole numbers had no doubles, or had more than 64 bits.
  const dtype = parts.map((part) => part.dtype).reduce(uniteTypes);
  const values = emptyValues(dtype, numRows);
  const validity = new Uint8Array((numRows + 7) >>> 3);
  let isWhole = true;
  let at = 0;
  for (const part of parts) {
    const column = part.dtype === dtype ? part : force(part, dtype);
    put(values, column.values, at);
    if (column.validity !== null) isWhole = false;
    for (let row = 0; row < column.values.length; row++) {
      if (hasValue(column, row)) setBit(validity, at + row);
    }
    at += column.values.length;
  }
  return { name, dtype, values, validity: isWhole ? null : validity } as ColumnData;
}

/** As `cast()`, be it that doubles are only the nearest. */
function force(column: ColumnData, to: DType): ColumnData {
  if (column.dtype === "int64" && to === "float64") {
    return { ...column, dtype: to, values: Float64Array.from(column.values, Number) };
  }
  return cast(column, to);
}

function put(target: ColumnData["values"], values: ColumnData["values"], at: number): void {
  if (Array.isArray(target))
    for (let row = 0; row < values.length; row++) target[at + row] = values[row] as string;
  else (target as Float64Array).set(values as Float64Array, at);
}

function setBit(bits: Uint8Array, bit: number): void {
  bits[bit >>> 3] = (bits[bit >>> 3] as number) | (1 << (bit & 7));
}

function emptyValues(dtype: DType, length: number): ColumnData["values"] {
  switch (dtype) {
    case "int64":
    case "datetime":
      return new BigInt64Array(length);
    case "float64":
      return new Float64Array(length);
    case "utf8":
    case "json":
      return new Array<string>(length).fill("");
    default:
      return new Uint8Array(length);
  }
}
