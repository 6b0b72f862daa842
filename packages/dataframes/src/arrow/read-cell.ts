import { type Json, jsonText, parse } from "@lazyruns/json";
import type { Batch, Field, MapType, StructType } from "@uwdata/flechette";
import { isSet } from "../bits.ts";
import {
  checkBatch,
  isDate,
  isValid,
  type KeyedBatch,
  momentOf,
  textOfBytes,
  textsOf,
} from "./batch-values.ts";
import { TYPE_KEY } from "./metadata.ts";
import { TYPE } from "./type-ids.ts";

/**
 * How the values of a batch are read one by one, as JSON has them: a whole number is a bigint where a double might not
 * hold it, a moment ISO 8601 text.
 *
 * @param field - of the batch, whose metadata may say that its text is JSON
 * @param sparse - leaves the fields of structs out that are null
 * @throws RangeError for a batch that hasn't what its length promises
 */
export function cellsOf(
  batch: Batch<unknown>,
  field: Pick<Field, "metadata">,
  sparse = false,
): (row: number) => Json {
  checkBatch(batch);
  const value = valuesOf(batch, field, sparse);
  return (row) => (isValid(batch, row) ? value(row) : null);
}

function valuesOf(
  batch: Batch<unknown>,
  field: Pick<Field, "metadata">,
  sparse: boolean,
): (row: number) => Json {
  const { type, children, offsets, values } = batch;
  switch (type.typeId) {
    case TYPE.null:
      return () => null;
    case TYPE.bool:
      return (row) => isSet(values as Uint8Array, row);
    case TYPE.int:
      return (row) => plain(values[row] as number | bigint);
    case TYPE.float:
      return (row) => batch.value(row) as number;
    case TYPE.date:
    case TYPE.timestamp:
      return (row) => {
        const { milliseconds } = momentOf(batch, row);
        return isDate(milliseconds) ? new Date(Number(milliseconds)).toISOString() : null;
      };
    case TYPE.struct: {
      const members = type.children.map(
        (child, index) => [child.name, cellsOf(children[index] as Batch<unknown>, child, sparse)] as const,
      );
      return (row) => {
        const entries = members.map(([name, cell]) => [name, cell(row)] as const);
        return Object.fromEntries(sparse ? entries.filter(([, value]) => value !== null) : entries);
      };
    }
    case TYPE.list:
    case TYPE.largeList: {
      const item = cellsOf(children[0] as Batch<unknown>, type.children[0], sparse);
      return (row) => range(Number(offsets[row]), Number(offsets[row + 1])).map(item);
    }
    case TYPE.fixedSizeList: {
      const item = cellsOf(children[0] as Batch<unknown>, type.children[0] as Field, sparse);
      return (row) => range(row * type.stride, (row + 1) * type.stride).map(item);
    }
    case TYPE.map: {
      const [key, member] = (children[0] as Batch<unknown>).children.map((child, index) =>
        cellsOf(child as Batch<unknown>, childOf(type, index), sparse),
      ) as [(row: number) => Json, (row: number) => Json];
      return (row) =>
        Object.fromEntries(
          range(Number(offsets[row]), Number(offsets[row + 1])).map((at) => [nameOf(key(at)), member(at)]),
        );
    }
    case TYPE.decimal:
      return (row) => batch.value(row) as number;
    case TYPE.time:
    case TYPE.duration:
      return (row) => plain(values[row] as number | bigint);
    case TYPE.binary:
    case TYPE.largeBinary:
    case TYPE.binaryView:
    case TYPE.fixedSizeBinary:
      return (row) => textOfBytes(batch.value(row) as Uint8Array);
    case TYPE.dictionary: {
      const entries = (batch as KeyedBatch).dictionary.data.flatMap((part) => {
        const cell = cellsOf(part, field, sparse); // it looks first whether the part is as long as it says
        return range(0, part.length).map(cell);
      });
      return (row) => entryOf(entries, values[row] as number | bigint);
    }
    default: {
      const texts = textsOf(batch);
      return isJson(field) ? (row) => parse(texts[row] as string) : (row) => texts[row] as string;
    }
  }
}

/** Whether a field's text is JSON, as ours says it, or Arrow's own extension type for it. */
export function isJson({ metadata }: Pick<Field, "metadata">): boolean {
  return metadata?.get(TYPE_KEY) === "json" || metadata?.get("ARROW:extension:name") === "arrow.json";
}

/** The entry of a key. @throws RangeError for one that isn't there */
export function entryOf<T>(entries: ArrayLike<T>, key: number | bigint): T {
  const place = Number(key);
  if (!(place >= 0 && place < entries.length)) throw new RangeError(`its dictionary has no entry ${key}`);
  return entries[place] as T;
}

/** A key or a value of a map. */
function childOf({ children }: MapType, index: number): Field {
  return (children[0].type as StructType).children[index] as Field;
}

/** A map's key as a JSON object can have it. */
function nameOf(key: Json): string {
  return typeof key === "string" ? key : jsonText(key);
}

function plain(value: number | bigint): number | bigint {
  if (typeof value === "number") return value;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

function range(start: number, end: number): number[] {
  return Array.from({ length: end - start }, (_, index) => start + index);
}
