import { LazyrunsError } from "@lazyruns/core";
import { jsonText } from "@lazyruns/json";
import { bitmapBytes, packBits } from "../bits.ts";
import type { ColumnType, ListType, StructField, StructType } from "../columns/types.ts";
import { type ArrowArray, type ArrowBuffer, bitmap, copyOf } from "./arrays.ts";

/** The most that an offset of 32 bits with a sign can say. */
const MOST = 2 ** 31 - 1;

/** Values as Arrow lays them out; null and undefined are null. */
export function nestedArray(type: ColumnType, values: readonly unknown[]): ArrowArray {
  const { length } = values;
  const flags = Uint8Array.from(values, (value) => (value === null || value === undefined ? 0 : 1));
  const nullCount = flags.reduce((count, flag) => count + 1 - flag, 0);
  if (type.kind === "null") return { length, nullCount: length, buffers: [], children: [] };
  const validity = bitmap(nullCount === 0 ? null : packed(flags));
  if (type.kind === "struct")
    return { length, nullCount, buffers: [validity], children: fields(type, values) };
  if (type.kind === "list") {
    const { offsets, items } = flatten(type, values);
    return { length, nullCount, buffers: [validity, copyOf(offsets)], children: [items] };
  }
  return { length, nullCount, buffers: [validity, ...flatBuffers(type.kind, values)], children: [] };
}

function fields({ fields }: StructType, values: readonly unknown[]): ArrowArray[] {
  return fields.map(({ key, type }: StructField) =>
    nestedArray(
      type,
      values.map((value) => (isObject(value) && Object.hasOwn(value, key) ? value[key] : null)),
    ),
  );
}

function flatten(type: ListType, values: readonly unknown[]): { offsets: Int32Array; items: ArrowArray } {
  const offsets = new Int32Array(values.length + 1);
  const items: unknown[] = [];
  for (const [row, value] of values.entries()) {
    if (Array.isArray(value)) for (const item of value) items.push(item);
    offsets[row + 1] = items.length;
  }
  return { offsets, items: nestedArray(type.item, items) };
}

function flatBuffers(
  kind: Exclude<ColumnType["kind"], "struct" | "list" | "null">,
  values: readonly unknown[],
): ArrowBuffer[] {
  switch (kind) {
    case "bool":
      return [copyOf(packed(Uint8Array.from(values, (value) => (value === true ? 1 : 0))))];
    case "float64":
      return [copyOf(Float64Array.from(values, (value) => (typeof value === "number" ? value : Number.NaN)))];
    case "int64":
    case "datetime":
      return [copyOf(BigInt64Array.from(values, (value) => BigInt((value ?? 0) as number | bigint)))];
    case "utf8":
      return textBuffers(values.map((value) => (typeof value === "string" ? value : "")));
    case "json":
      return textBuffers(
        values.map((value) => (value === null || value === undefined ? "" : jsonText(value))),
      );
  }
}

function textBuffers(texts: readonly string[]): ArrowBuffer[] {
  const offsets = new Int32Array(texts.length + 1);
  let bytes = 0;
  for (const [row, text] of texts.entries()) {
    bytes += Buffer.byteLength(text);
    if (bytes > MOST) {
      throw new LazyrunsError(
        'The text at one place of the nested values takes more than 2 GiB. Keep them JSON text (nested: "json"), or ' +
          "make frames of fewer runs.",
        { operation: "making an Arrow column" },
      );
    }
    offsets[row + 1] = bytes;
  }
  const write = (target: Uint8Array) => {
    const encoder = new TextEncoder();
    for (const [row, text] of texts.entries()) encoder.encodeInto(text, target.subarray(offsets[row]));
  };
  return [copyOf(offsets), { byteLength: bytes, write }];
}

function packed(flags: Uint8Array): Uint8Array {
  const bits = new Uint8Array(bitmapBytes(flags.length));
  packBits(flags, bits);
  return bits;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
