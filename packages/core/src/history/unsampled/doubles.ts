import { type Json, jsonText } from "@lazyruns/json";
import { type Chunk, type ChunkColumn, columnOf, plainInteger, valueAt } from "../table/chunk.ts";
import { stepsOf } from "./steps.ts";

/**
 * The rows of a live chunk that are the same as an exported one of their step, in every column of either; one for each
 * exported row.
 */
export function doublesIn(exported: readonly Chunk[], live: Chunk): Set<number> {
  const rows = new Map<number | bigint, { readonly chunk: Chunk; readonly row: number }[]>();
  for (const chunk of exported) {
    const steps = stepsOf(chunk);
    for (let row = 0; row < chunk.numRows; row++) {
      const step = plainInteger(steps[row] as number | bigint);
      const others = rows.get(step);
      if (others === undefined) rows.set(step, [{ chunk, row }]);
      else others.push({ chunk, row });
    }
  }
  const columns = new Map(exported.map((chunk) => [chunk, columnsOfEither(chunk, live)]));
  const doubles = new Set<number>();
  const steps = stepsOf(live);
  for (let row = 0; row < live.numRows; row++) {
    const candidates = rows.get(plainInteger(steps[row] as number | bigint)) ?? [];
    const index = candidates.findIndex(({ chunk, row: other }) =>
      (columns.get(chunk) as Both[]).every(([a, b]) => isSame(a && valueAt(a, other), b && valueAt(b, row))),
    );
    if (index < 0) continue;
    candidates.splice(index, 1);
    doubles.add(row);
  }
  return doubles;
}

type Both = readonly [exported: ChunkColumn | undefined, live: ChunkColumn | undefined];

function columnsOfEither(exported: Chunk, live: Chunk): Both[] {
  const names = new Set([...exported.schema.names, ...live.schema.names]);
  return [...names].map((name) => [columnOf(exported, name), columnOf(live, name)]);
}

/** Whether a value in a file is the one that was logged: files know no absent values, and may have short floats. */
function isSame(exported: Json | undefined, live: Json | undefined): boolean {
  const [a, b] = [exported ?? null, live ?? null];
  if (isNumber(a) && isNumber(b)) {
    // These two compare a whole number and a double exactly.
    if (typeof a === "bigint" || typeof b === "bigint") return a <= b && a >= b;
    return a === b || Object.is(a, b) || Object.is(a, Math.fround(b));
  }
  if (typeof a !== "object" || typeof b !== "object") return a === b;
  return jsonText(canonical(a)) === jsonText(canonical(b));
}

function isNumber(value: Json): value is number | bigint {
  return typeof value === "number" || typeof value === "bigint";
}

/** With the keys of objects sorted, and those with null left out. */
function canonical(value: Json): Json {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, member]) => member !== null);
  const sorted = entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(sorted.map(([key, member]) => [key, canonical(member)]));
}
