import { type Json, parse } from "@lazyruns/json";
import { getBit } from "./bitmap.ts";
import type { Texts } from "./texts.ts";

/** The columns of one run for one question: what a response's bytes become, and what a table is made of. */
export interface Chunk {
  readonly numRows: number;
  readonly schema: Schema;
  /** In the order of `schema.names`. */
  readonly columns: readonly ChunkColumn[];
}

/** The names of a chunk's columns, sorted, and where each stands. Chunks of one shape may share one. */
export class Schema {
  readonly names: readonly string[];
  readonly #places: ReadonlyMap<string, number>;

  /** @param names - sorted, and none of them twice */
  constructor(names: readonly string[]) {
    this.names = names;
    this.#places = new Map(names.map((name, place) => [name, place]));
  }

  /** `undefined` for a name that isn't there. */
  place(name: string): number | undefined {
    return this.#places.get(name);
  }
}

interface Slots {
  /** The rows that have a value, as a bitmap; `null` when all have. */
  readonly validity: Uint8Array | null;
  /** The rows that hold the key, be it with a null; `null` when these are the rows that have a value. */
  readonly present: Uint8Array | null;
}

/** Doubles. A row without a value has NaN in its place. */
export interface FloatColumn extends Slots {
  readonly kind: "float64";
  readonly values: Float64Array;
  /** Whole numbers that were logged among them and that no double holds for certain, by row. */
  readonly exact: ReadonlyMap<number, bigint> | null;
}

/** Whole numbers; as doubles when all of them are safe integers. A row without a value has 0 in its place. */
export interface IntColumn extends Slots {
  readonly kind: "int64";
  readonly values: Float64Array | BigInt64Array;
}

/** Truth values, 0 or 1, a byte each. */
export interface BoolColumn extends Slots {
  readonly kind: "bool";
  readonly values: Uint8Array;
}

/** Texts, or the JSON text of each value. */
export interface TextColumn extends Slots {
  readonly kind: "utf8" | "json";
  readonly texts: Texts;
}

/** Moments, in milliseconds since 1970 UTC. A row without one has 0 in its place. */
export interface DateColumn extends Slots {
  readonly kind: "datetime";
  readonly values: BigInt64Array;
}

/** Nothing but nulls; `validity` has no bit set. */
export interface NullColumn extends Slots {
  readonly kind: "null";
}

export type ChunkColumn = FloatColumn | IntColumn | BoolColumn | TextColumn | DateColumn | NullColumn;

/** The rows that hold a column's key, be it with a null, as a bitmap; `null` when all do. */
export function holders({ present, validity }: ChunkColumn): Uint8Array | null {
  return present ?? validity;
}

/** A chunk's column of that name. */
export function columnOf(chunk: Chunk, name: string): ChunkColumn | undefined {
  const place = chunk.schema.place(name);
  return place === undefined ? undefined : chunk.columns[place];
}

/** A chunk of the named columns, in any order. */
export function chunkOf(
  numRows: number,
  columns: Iterable<readonly [name: string, column: ChunkColumn]>,
): Chunk {
  const sorted = [...columns].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    numRows,
    schema: new Schema(sorted.map(([name]) => name)),
    columns: sorted.map(([, column]) => column),
  };
}

export function isValid(column: ChunkColumn, row: number): boolean {
  return column.validity === null || getBit(column.validity, row);
}

/** What the row held: `undefined` when the key was absent, `null` when it was there with a null. */
export function valueAt(column: ChunkColumn, row: number): Json | undefined {
  if (!isValid(column, row)) {
    return column.present !== null && getBit(column.present, row) ? null : undefined;
  }
  switch (column.kind) {
    case "float64":
      return column.exact?.get(row) ?? (column.values[row] as number);
    case "int64":
      return plainInteger(column.values[row] as number | bigint);
    case "bool":
      return column.values[row] === 1;
    case "utf8":
      return column.texts.at(row);
    case "json":
      return parse(column.texts.at(row));
    case "datetime":
      return new Date(Number(column.values[row])).toISOString();
    case "null":
      return null;
  }
}

/** A whole number as rows hold it: a `number` when it is a safe integer, else a `bigint`. */
export function plainInteger(value: number | bigint): number | bigint {
  if (typeof value === "number") return value;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}
