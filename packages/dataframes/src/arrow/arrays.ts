import type { AnyColumn } from "@lazyruns/core";
import { bitmapBytes, packBits } from "../bits.ts";
import { datetimesOf } from "../columns/datetimes.ts";
import type { ColumnType } from "../columns/types.ts";
import type { Warner } from "../columns/warner.ts";
import { nestedArray } from "./nested-array.ts";

/** A column's rows as Arrow lays them out, or what is nested in them. */
export interface ArrowArray {
  readonly length: number;
  readonly nullCount: number;
  /** In the order the type has them: validity first, but for the null type, which has none. */
  readonly buffers: readonly ArrowBuffer[];
  readonly children: readonly ArrowArray[];
}

/** Bytes that are made when their place is there. */
export interface ArrowBuffer {
  readonly byteLength: number;
  /** @param target - of `byteLength` zeros, at a multiple of 8 in its memory */
  write(target: Uint8Array): void;
}

const NOTHING: ArrowBuffer = { byteLength: 0, write: () => undefined };

/** The rows of a column of a table or of a piece of it. */
export function arrayOf(column: AnyColumn, type: ColumnType, name: string, warner: Warner): ArrowArray {
  const { length, nullCount } = column;
  if (type.kind === "datetime") {
    const { values, validity, nullCount, lost } = datetimesOf(column);
    warner.countLost(name, lost);
    return { length, nullCount, buffers: [bitmap(validity), copyOf(values)], children: [] };
  }
  if (type.kind === "list" || type.kind === "struct") return nestedArray(type, [...column]);
  if (type.kind === "null") return { length, nullCount: length, buffers: [], children: [] };
  const validity: ArrowBuffer =
    nullCount === 0
      ? NOTHING
      : { byteLength: bitmapBytes(length), write: (target) => column.copyValidity(target) };
  return { length, nullCount, buffers: [validity, ...valueBuffers(column)], children: [] };
}

function valueBuffers(column: AnyColumn): ArrowBuffer[] {
  const { length } = column;
  switch (column.dtype) {
    case "int64":
      return [{ byteLength: length * 8, write: (target) => column.copyValues(longsIn(target)) }];
    case "float64":
      return [{ byteLength: length * 8, write: (target) => column.copyValues(doublesIn(target)) }];
    case "bool":
      return [
        {
          byteLength: bitmapBytes(length),
          write(target) {
            const flags = new Uint8Array(length);
            column.copyValues(flags);
            packBits(flags, target);
          },
        },
      ];
    default: {
      const { offsets, data } = column.toUtf8();
      return [copyOf(offsets), copyOf(data)];
    }
  }
}

/** A bitmap that is there; `null`: there is none, for every bit is set. */
export function bitmap(bits: Uint8Array | null): ArrowBuffer {
  return bits === null ? NOTHING : copyOf(bits);
}

/** The bytes of values that are there. */
export function copyOf(values: ArrayBufferView): ArrowBuffer {
  return {
    byteLength: values.byteLength,
    write: (target) => target.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength)),
  };
}

function longsIn({ buffer, byteOffset, byteLength }: Uint8Array): BigInt64Array {
  return new BigInt64Array(buffer, byteOffset, byteLength / 8);
}

function doublesIn({ buffer, byteOffset, byteLength }: Uint8Array): Float64Array {
  return new Float64Array(buffer, byteOffset, byteLength / 8);
}
