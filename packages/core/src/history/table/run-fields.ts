import type { Json } from "@lazyruns/json";
import type { RunValue } from "../../values.ts";
import { bitmapBytes, setBits } from "./bitmap.ts";
import { buildColumn } from "./build-column.ts";
import type { Chunk, ChunkColumn } from "./chunk.ts";
import { takeColumn } from "./take.ts";
import { RepeatedText } from "./texts.ts";

/** The column of the runs' ids. */
export const RUN_ID = "run_id";

/** A value of a run that stands in each of its rows. */
export type RunField = RunValue | Date | readonly string[];

/** A run's values for a table's run columns, by the columns' names, in their order. */
export type RunFields = ReadonlyMap<string, RunField>;

/** The columns of a chunk by name, in front of them those of its run. */
export interface NamedColumns {
  readonly names: readonly string[];
  readonly columns: readonly ChunkColumn[];
}

/** A chunk's columns behind those of its run's fields. */
export function withFields({ numRows, schema, columns }: Chunk, fields: RunFields | undefined): NamedColumns {
  if (fields === undefined || fields.size === 0) return { names: schema.names, columns };
  return {
    names: [...fields.keys(), ...schema.names],
    columns: [...[...fields.values()].map((value) => constantColumn(value, numRows)), ...columns],
  };
}

/** A column of the same value in every row. Null is held as one that was logged: rows have it. */
export function constantColumn(value: RunField, numRows: number): ChunkColumn {
  const one = buildColumn([value as Json | Date], false);
  if (one.kind === "utf8" || one.kind === "json") {
    return { ...one, texts: new RepeatedText(one.texts.at(0), numRows) };
  }
  if (one.kind !== "null") return takeColumn(one, new Int32Array(numRows));
  const present = new Uint8Array(bitmapBytes(numRows));
  setBits(present, 0, numRows);
  return { kind: "null", validity: new Uint8Array(bitmapBytes(numRows)), present };
}
