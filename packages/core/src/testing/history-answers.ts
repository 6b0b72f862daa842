import { type Json, type JsonObject, stringify } from "@lazyruns/json";
import type { HistoryField } from "../graphql/history-documents.ts";
import { type Chunk, valueAt } from "../history/table/chunk.ts";

/** A run's rows as the field has them on the wire. */
export function onTheWire(field: HistoryField, rows: readonly Record<string, unknown>[]): string {
  if (field === "sampledHistory") return `[${stringify(rows, { nonFinite: "string" })}]`;
  return stringify(rows.map((row) => stringify(row)));
}

/** An answer with a run a history. */
export function answerOf(field: HistoryField, histories: readonly string[]): string {
  const edges = histories.map((value, index) => `{"node":{"name":"r${index}","${field}":${value}}}`);
  return `{"data":{"project":{"runs":{"edges":[${edges.join(",")}]}}}}`;
}

/** A chunk's rows as objects, one cell at a time. */
export function rowsOf(chunk: Chunk): JsonObject[] {
  return Array.from({ length: chunk.numRows }, (_, row) =>
    Object.fromEntries(
      chunk.schema.names.flatMap((name, place): [string, Json][] => {
        const column = chunk.columns[place];
        const value = column && valueAt(column, row);
        return value === undefined ? [] : [[name, value]];
      }),
    ),
  );
}
