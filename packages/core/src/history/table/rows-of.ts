import type { RunValue } from "../../runs/run.ts";
import type { HistoryRow } from "../rows.ts";
import { type Chunk, type ChunkColumn, valueAt } from "./chunk.ts";

type Row = { [metric: string]: RunValue };

/** Appends rows `start` to just before `end` of a run's chunk to `rows`, as objects. */
export function rowsOf(runId: string, chunk: Chunk, start: number, end: number, rows: HistoryRow[]): void {
  const { names } = chunk.schema;
  for (let row = start; row < end; row++) {
    const object: Row = { run_id: runId };
    for (const [place, name] of names.entries()) {
      const value = valueAt(chunk.columns[place] as ChunkColumn, row);
      if (value !== undefined) setMember(object, name, value);
    }
    rows.push(object as HistoryRow);
  }
}

/** Not by an assignment alone: a metric may be called __proto__. */
function setMember(object: Row, name: string, value: RunValue): void {
  if (name !== "__proto__") object[name] = value;
  else Object.defineProperty(object, name, { value, writable: true, enumerable: true, configurable: true });
}
