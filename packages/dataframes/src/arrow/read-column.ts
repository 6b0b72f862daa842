import type { ColumnData, ColumnValues } from "@lazyruns/core";
import { jsonText } from "@lazyruns/json";
import type { Batch, Column, DataType, Field } from "@uwdata/flechette";
import { bitmapBytes, isSet, setBit } from "../bits.ts";
import {
  checkBatch,
  isDate,
  isValid,
  type KeyedBatch,
  longsOf,
  momentOf,
  textOfBytes,
  textsOf,
} from "./batch-values.ts";
import { cellsOf, entryOf, isJson } from "./read-cell.ts";
import { TYPE } from "./type-ids.ts";

type DType = ColumnData["dtype"];

/** What of a column's moments a history table couldn't hold. */
export interface Moments {
  /** They were more exact than milliseconds. */
  shortened: number;
  /** They were beyond what dates can name. */
  lost: number;
}

/** How nested values are read. */
export interface Nesting {
  /** Whether the fields of structs are left out that are null. Default false. */
  readonly sparse?: boolean | undefined;
}

/** The rows of a batch, as columns of a history table have them. */
interface Part<D extends DType = DType> {
  readonly dtype: D;
  readonly length: number;
  readonly values: ColumnValues[D];
  readonly has: (row: number) => boolean;
}

type AnyPart = { [D in DType]: Part<D> }[DType];

/**
 * A column of Arrow data as a history table takes it.
 *
 * @param moments - counts what is lost of moments
 * @throws Error that says what is wrong with the column's data
 */
export function readColumn(
  column: Pick<Column<unknown>, "data">,
  field: Field,
  moments: Moments,
  nesting: Nesting = {},
): ColumnData {
  const parts = column.data.map((batch) => readBatch(batch, field, moments, nesting));
  return join(field.name, parts, emptyType(field.type, field));
}

/** What a column without batches is. */
function emptyType(type: DataType, field: Field): DType {
  switch (type.typeId) {
    case TYPE.null:
      return "null";
    case TYPE.bool:
      return "bool";
    case TYPE.int:
    case TYPE.time:
    case TYPE.duration:
      return "int64";
    case TYPE.float:
    case TYPE.decimal:
      return "float64";
    case TYPE.date:
    case TYPE.timestamp:
      return "datetime";
    case TYPE.utf8:
    case TYPE.largeUtf8:
    case TYPE.utf8View:
      return isJson(field) ? "json" : "utf8";
    case TYPE.binary:
    case TYPE.largeBinary:
    case TYPE.binaryView:
    case TYPE.fixedSizeBinary:
      return "utf8";
    case TYPE.dictionary:
      return emptyType(type.dictionary, field);
    default:
      return "json";
  }
}

function readBatch(batch: Batch<unknown>, field: Field, moments: Moments, nesting: Nesting): AnyPart {
  checkBatch(batch);
  const { type, length } = batch;
  const slots = { length, has: (row: number) => isValid(batch, row) };
  switch (type.typeId) {
    case TYPE.null:
      return { dtype: "null", ...slots, values: new Uint8Array(length) };
    case TYPE.bool: {
      const bits = batch.values as Uint8Array;
      const values = new Uint8Array(length);
      for (let row = 0; row < length; row++) values[row] = isSet(bits, row) ? 1 : 0;
      return { dtype: "bool", ...slots, values };
    }
    case TYPE.int:
    case TYPE.time:
    case TYPE.duration: {
      const { longs, fits } = longsOf(batch);
      if (fits) return { dtype: "int64", ...slots, values: longs };
      // Beyond 64 bits with a sign: as JSON text the digits stay.
      return {
        dtype: "json",
        ...slots,
        values: Array.from(batch.values as BigUint64Array, String).slice(0, length),
      };
    }
    case TYPE.float:
    case TYPE.decimal:
      return { dtype: "float64", ...slots, values: doublesOf(batch) };
    case TYPE.date:
    case TYPE.timestamp:
      return { dtype: "datetime", ...slots, ...momentsOf(batch, moments) };
    case TYPE.utf8:
    case TYPE.largeUtf8:
    case TYPE.utf8View:
      return { dtype: isJson(field) ? "json" : "utf8", ...slots, values: textsOf(batch) };
    case TYPE.binary:
    case TYPE.largeBinary:
    case TYPE.binaryView:
    case TYPE.fixedSizeBinary:
      return {
        dtype: "utf8",
        ...slots,
        values: Array.from({ length }, (_, row) =>
          slots.has(row) ? textOfBytes(batch.value(row) as Uint8Array) : "",
        ),
      };
    case TYPE.dictionary:
      return readKeyed(batch as KeyedBatch, field, moments, nesting);
    default: {
      const cell = cellsOf(batch, field, nesting.sparse);
      const values = Array.from({ length }, (_, row) => (slots.has(row) ? jsonText(cell(row)) : ""));
      return { dtype: "json", ...slots, values };
    }
  }
}

function doublesOf(batch: Batch<unknown>): Float64Array {
  const { values, length } = batch;
  if (values instanceof Float64Array) return values.subarray(0, length);
  if (values instanceof Float32Array) return Float64Array.from(values.subarray(0, length));
  return Float64Array.from({ length }, (_, row) => batch.value(row) as number); // of 16 bits, or decimal
}

function momentsOf(
  batch: Batch<unknown>,
  moments: Moments,
): { values: BigInt64Array; has(row: number): boolean } {
  const values = new BigInt64Array(batch.length);
  const out = new Set<number>();
  for (let row = 0; row < batch.length; row++) {
    if (!isValid(batch, row)) continue;
    const { milliseconds, exact } = momentOf(batch, row);
    if (!isDate(milliseconds)) out.add(row);
    else {
      values[row] = milliseconds;
      if (!exact) moments.shortened++;
    }
  }
  moments.lost += out.size;
  return { values, has: (row) => isValid(batch, row) && !out.has(row) };
}

/** A batch of keys, as its dictionary's entries. */
function readKeyed(batch: KeyedBatch, field: Field, moments: Moments, nesting: Nesting): AnyPart {
  const { length, dictionary } = batch;
  const entries = join(
    field.name,
    dictionary.data.map((part) => readBatch(part, field, moments, nesting)),
    emptyType(dictionary.type, field),
  );
  const keys = batch.values;
  const places = Int32Array.from({ length }, (_, row) => {
    if (!isValid(batch, row)) return -1;
    const place = Number(keys[row]);
    entryOf<unknown>(entries.values as ArrayLike<unknown>, place);
    return entries.validity !== null && !isSet(entries.validity, place) ? -1 : place;
  });
  const values = emptyValues(entries.dtype, length);
  for (const [row, place] of places.entries()) {
    if (place >= 0) (values as unknown[])[row] = entries.values[place];
  }
  return { dtype: entries.dtype, length, values, has: (row: number) => places[row] !== -1 } as AnyPart;
}

function join(name: string, parts: readonly AnyPart[], empty: DType): ColumnData {
  const dtype = uniteParts(parts) ?? empty;
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const validity = new Uint8Array(bitmapBytes(length));
  const values = emptyValues(dtype, length);
  let nulls = 0;
  let at = 0;
  for (const part of parts) {
    put(
      values,
      at,
      dtype === "json" && part.dtype !== "json" ? Array.from(part.values, String) : part.values,
    );
    for (let row = 0; row < part.length; row++) {
      if (part.has(row)) setBit(validity, at + row);
      else nulls++;
    }
    at += part.length;
  }
  return { name, dtype, values, validity: nulls === 0 ? null : validity } as ColumnData;
}

/** Parts differ only where some whole numbers had to become JSON text. */
function uniteParts(parts: readonly AnyPart[]): DType | undefined {
  return parts.find(({ dtype }) => dtype === "json")?.dtype ?? parts[0]?.dtype;
}

function put(target: unknown, at: number, values: ArrayLike<unknown>): void {
  if (Array.isArray(target)) for (let row = 0; row < values.length; row++) target[at + row] = values[row];
  else (target as { set(values: ArrayLike<unknown>, at: number): void }).set(values, at);
}

function emptyValues(dtype: DType, length: number): ColumnValues[DType] {
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
