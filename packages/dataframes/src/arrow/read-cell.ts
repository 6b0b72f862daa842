import { type Json, parse } from "@lazyruns/json";
import type { Batch, Field } from "@uwdata/flechette";
import { isSet } from "../bits.ts";
import { checkBatch, isDate, isValid, type KeyedBatch, momentOf, textsOf } from "./batch-values.ts";
import { TYPE_KEY } from "./metadata.ts";
import { TYPE } from "./type-ids.ts";

/**
 * How the values of a batch are read one by one, as JSON has them: a whole number is a bigint where a double might not
 * hold it, a moment ISO 8601 text.
 *
 * @param field - of the batch, whose metadata may say that its text is JSON
 * @throws RangeError for a batch that hasn't what its length promises
 */
export function cellsOf(batch: Batch<unknown>, field: Pick<Field, "metadata">): (row: number) => Json {
  checkBatch(batch);
  const value = valuesOf(batch, field);
  return (row) => (isValid(batch, row) ? value(row) : null);
}

function valuesOf(batch: Batch<unknown>, field: Pick<Field, "metadata">): (row: number) => Json {
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
        (child, index) => [child.name, cellsOf(children[index] as Batch<unknown>, child)] as const,
      );
      return (row) => Object.fromEntries(members.map(([name, cell]) => [name, cell(row)]));
    }
    case TYPE.list:
    case TYPE.largeList: {
      const item = cellsOf(children[0] as Batch<unknown>, type.children[0]);
      return (row) => range(Number(offsets[row]), Number(offsets[row + 1])).map(item);
    }
    case TYPE.fixedSizeList: {
      const item = cellsOf(children[0] as Batch<unknown>, type.children[0] as Field);
      return (row) => range(row * type.stride, (row + 1) * type.stride).map(item);
    }
    case TYPE.dictionary: {
      const entries = (batch as KeyedBatch).dictionary.data.flatMap((part) => {
        const cell = cellsOf(part, field); // it looks first whether the part is as long as it says
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

function plain(value: number | bigint): number | bigint {
  if (typeof value === "number") return value;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

function range(start: number, end: number): number[] {
  return Array.from({ length: end - start }, (_, index) => start + index);
}
