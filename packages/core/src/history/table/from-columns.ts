import { parse } from "@lazyruns/json";
import { show } from "../../arguments.ts";
import { InvalidArgumentError } from "../../errors.ts";
import { bitmapBytes, getBit, setBit } from "./bitmap.ts";
import { type Chunk, type ChunkColumn, chunkOf } from "./chunk.ts";
import type { ColumnValues } from "./column.ts";
import type { DType } from "./dtype.ts";
import { RUN_ID } from "./run-fields.ts";
import { StringTexts } from "./texts.ts";

/** A column of a table that is made of columns: its name, and what `Column` of that type has. */
export type ColumnData = {
  [D in DType]: {
    readonly name: string;
    readonly dtype: D;
    /** One a row, as `Column.values` has them. What stands where there is no value doesn't matter. */
    readonly values: ColumnValues[D];
    /** The rows that have a value, as `Column.validity` has them; `null`: all. */
    readonly validity: Uint8Array | null;
  };
}[DType];

const ARRAYS = {
  int64: BigInt64Array,
  float64: Float64Array,
  bool: Uint8Array,
  datetime: BigInt64Array,
  null: Uint8Array,
  utf8: Array,
  json: Array,
} as const;

/** The furthest that a `Date` reaches from 1970 either way, in milliseconds. */
const LAST_DATE = 8_640_000_000_000_000n;

/**
 * The rows of each run, one after another, as a chunk.
 *
 * @throws InvalidArgumentError for columns that don't fit the rows, one another or their types
 */
export function splitByRun(
  runIds: readonly string[],
  columns: Iterable<ColumnData>,
): { readonly id: string; readonly chunk: Chunk }[] {
  const known = [...columns];
  const names = new Set([RUN_ID]);
  for (const column of known) {
    checkColumn(column, runIds.length);
    if (names.has(column.name)) throw refused(column, "it comes twice");
    names.add(column.name);
  }
  const runs: { id: string; chunk: Chunk }[] = [];
  for (let start = 0, end = 0; start < runIds.length; start = end) {
    const id = runIds[start] as string;
    while (end < runIds.length && runIds[end] === id) end++;
    const parts = known.map((column) => [column.name, part(column, start, end)] as const);
    runs.push({ id, chunk: chunkOf(end - start, parts) });
  }
  return runs;
}

function checkColumn(column: ColumnData, numRows: number): void {
  const { name, dtype, values, validity } = column;
  if (typeof name !== "string") throw refused(column, "its name must be text");
  const kind = Object.hasOwn(ARRAYS, dtype) ? ARRAYS[dtype] : undefined;
  if (kind === undefined) throw refused(column, `there is no type ${show(dtype)}`);
  if (!(values instanceof kind)) throw refused(column, `its values must be a ${kind.name}`);
  if (values.length !== numRows) throw refused(column, `it has ${values.length} values for ${numRows} rows`);
  if (validity !== null && !(validity instanceof Uint8Array && validity.length >= bitmapBytes(numRows))) {
    throw refused(column, `its validity must be null or a bitmap of ${numRows} bits`);
  }
  if (dtype !== "utf8" && dtype !== "json" && dtype !== "datetime") return;
  for (let row = 0; row < numRows; row++) {
    if (validity !== null && !getBit(validity, row)) continue;
    const text: unknown = values[row];
    if (typeof text === "bigint") {
      if (text > LAST_DATE || text < -LAST_DATE) throw refused(column, `row ${row} is ${text}, and no date`);
      continue;
    }
    if (typeof text !== "string") throw refused(column, `row ${row} is ${show(text)}, and no text`);
    if (dtype === "json" && !isJson(text)) throw refused(column, `row ${row} is ${show(text)}, and no JSON`);
  }
}

function refused({ name, dtype }: ColumnData, why: string): InvalidArgumentError {
  return new InvalidArgumentError(
    `Column ${show(name)} of type ${show(dtype)} can't be part of a table: ${why}.`,
  );
}

function isJson(text: string): boolean {
  try {
    parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Some rows of a column. What has no value gets what chunks have there. */
function part({ dtype, values, validity }: ColumnData, start: number, end: number): ChunkColumn {
  const slots = { validity: validity === null ? null : bitsOf(validity, start, end), present: null };
  const has = (row: number) => slots.validity === null || getBit(slots.validity, row);
  switch (dtype) {
    case "int64":
    case "datetime":
      return {
        kind: dtype,
        ...slots,
        values: values.slice(start, end).map((value, row) => (has(row) ? value : 0n)),
      };
    case "float64": {
      const doubles = values.slice(start, end).map((value, row) => (has(row) ? value : Number.NaN));
      return { kind: dtype, ...slots, values: doubles, exact: null };
    }
    case "bool":
      return {
        kind: dtype,
        ...slots,
        values: values.slice(start, end).map((flag, row) => (has(row) && flag !== 0 ? 1 : 0)),
      };
    case "null":
      return { kind: dtype, ...slots, validity: new Uint8Array(bitmapBytes(end - start)) };
    default:
      return {
        kind: dtype,
        ...slots,
        texts: new StringTexts(values.slice(start, end).map((text, row) => (has(row) ? text : ""))),
      };
  }
}

function bitsOf(bitmap: Uint8Array, start: number, end: number): Uint8Array {
  const bits = new Uint8Array(bitmapBytes(end - start));
  for (let row = start; row < end; row++) if (getBit(bitmap, row)) setBit(bits, row - start);
  return bits;
}
