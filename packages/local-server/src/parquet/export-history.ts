import { setImmediate } from "node:timers/promises";
import { rowMembers, stepOf } from "../history/index.ts";
import type { LineRange, Lines } from "../store/lines.ts";
import type { Columns } from "./arrow.ts";
import { arrowOf } from "./arrow.ts";
import { type ColumnType, TypeFinder } from "./column-type.ts";
import { linesByStep } from "./lines-by-step.ts";
import { parquetBytes } from "./parquet-bytes.ts";

/**
 * Lines of a run's history as the bytes of a Parquet file: a row a line, in order of their steps; a column a key, in
 * order of their names, `_step` always among them. The lines are read twice, for their types and for their values, a
 * few thousand at a time, and others have their turn in between.
 *
 * @param check - called in every turn; what it throws ends the work
 */
export async function* exportHistory(
  lines: Lines,
  runId: number,
  range: LineRange,
  check: () => void,
): AsyncGenerator<Uint8Array, void, undefined> {
  const [flechette, parquet] = await Promise.all([import("@uwdata/flechette"), import("parquet-wasm")]);
  const columns = await findColumns(lines, runId, range, check);
  let rows = 0;
  async function* batches() {
    for (const page of linesByStep(lines, runId, range, columns.size)) {
      check();
      rows += page.length;
      yield arrowOf(flechette, columns, page);
      await setImmediate();
    }
  }
  yield* parquetBytes(parquet, columns, batches());
  if (rows !== range.end - range.from)
    throw new Error(`Of ${range.end - range.from} lines of history only ${rows} were exported`);
}

async function findColumns(
  lines: Lines,
  runId: number,
  range: LineRange,
  check: () => void,
): Promise<Columns> {
  const step = new TypeFinder();
  const finders = new Map<string, TypeFinder>();
  for (const page of linesByStep(lines, runId, range, 1)) {
    check();
    for (const line of page) {
      const row = rowMembers(line);
      for (const [name, raw] of row) {
        if (name === "_step") continue;
        let finder = finders.get(name);
        if (finder === undefined) {
          finder = new TypeFinder();
          finders.set(name, finder);
        }
        finder.add(raw);
      }
      if (stepOf(row) !== undefined) step.add(row.get("_step") as string);
    }
    await setImmediate();
  }
  const found = step.type();
  const columns = [...finders].map(([name, finder]) => [name, finder.type()] as const);
  columns.push(["_step", found.kind === "null" ? { kind: "int64" } : found]);
  checkNames(columns);
  return new Map(columns.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** In UTF-8 all halves of surrogate pairs are the same sign: names that differ in them alone would be one. */
function checkNames(fields: Iterable<readonly [name: string, type: ColumnType]>): void {
  const written = new Set<string>();
  for (const [name, type] of fields) {
    const text = Buffer.from(name).toString();
    if (written.has(text))
      throw new Error(`Two keys would both be called ${JSON.stringify(text)} in the file`);
    written.add(text);
    checkNamesIn(type);
  }
}

function checkNamesIn(type: ColumnType): void {
  if (type.kind === "list") checkNamesIn(type.item);
  if (type.kind === "struct") checkNames(type.fields);
}
