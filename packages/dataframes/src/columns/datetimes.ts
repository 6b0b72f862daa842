import type { AnyColumn } from "@lazyruns/core";
import { bitmapBytes, setBit } from "../bits.ts";
import { HIGH, LOW } from "../byte-order.ts";

/** Datetimes as milliseconds since 1970 UTC; a row without one has 0. */
export interface Datetimes {
  readonly values: BigInt64Array;
  /** Which rows have one, as a bitmap, lowest bit first; `null`: all. */
  readonly validity: Uint8Array | null;
  readonly nullCount: number;
  /** How many rows have a value that is no date, and are null here. */
  readonly lost: number;
}

/** The furthest a `Date` reaches from 1970 either way. */
export const MOST_MILLISECONDS = 8.64e15;

/** A column's values as datetimes: numbers as seconds since 1970, text as ISO 8601. */
export function datetimesOf(column: AnyColumn): Datetimes {
  const { length } = column;
  const values = new BigInt64Array(length);
  if (column.dtype === "datetime") {
    column.copyValues(values);
    return { values, validity: column.validity, nullCount: column.nullCount, lost: 0 };
  }
  const halves = new Int32Array(values.buffer);
  const validity = new Uint8Array(bitmapBytes(length));
  let valid = 0;
  const put = (row: number, milliseconds: number) => {
    if (!(Math.abs(milliseconds) <= MOST_MILLISECONDS)) return;
    // Two halves: making a bigint of each takes many times as long.
    halves[row * 2 + LOW] = milliseconds;
    halves[row * 2 + HIGH] = Math.floor(milliseconds / 2 ** 32);
    setBit(validity, row);
    valid++;
  };
  if (column.dtype === "float64") {
    const seconds = new Float64Array(length);
    column.copyValues(seconds);
    for (let row = 0; row < length; row++) put(row, Math.round((seconds[row] as number) * 1000));
  } else {
    let row = 0;
    for (const value of column) put(row++, millisecondsOf(value));
  }
  const nullCount = length - valid;
  return {
    values,
    validity: nullCount === 0 ? null : validity,
    nullCount,
    lost: nullCount - column.nullCount,
  };
}

/** NaN for what is no date. */
function millisecondsOf(value: unknown): number {
  if (typeof value === "number" || typeof value === "bigint") return Math.round(Number(value) * 1000);
  return typeof value === "string" ? parseIso(value) : Number.NaN;
}

const ISO =
  /^(\d{4}|[+-]\d{6})-(\d\d)-(\d\d)(?:[T ](\d\d:\d\d)(?::(\d\d)(?:[.,](\d+))?)?\s?(Z|[+-]\d\d(?::?\d\d)?)?)?$/i;

/** Milliseconds since 1970 of a date, or a date and a time, of ISO 8601; NaN for anything else. */
function parseIso(text: string): number {
  const match = ISO.exec(text.trim());
  if (match === null) return Number.NaN;
  const [, year, month, day, time = "00:00", second = "00", fraction = "0", zone = "Z"] = match;
  const date = `${year}-${month}-${day}`;
  const midnight = new Date(`${date}T00:00:00Z`);
  if (midnight.getUTCDate() !== Number(day)) return Number.NaN; // 30 February would be read as 2 March
  const offset = /^[+-]\d\d$/.test(zone) ? `${zone}:00` : zone.replace(/(\d\d):?(\d\d)$/, "$1:$2");
  return Date.parse(`${date}T${time}:${second}.${fraction}${offset.toUpperCase()}`);
}
