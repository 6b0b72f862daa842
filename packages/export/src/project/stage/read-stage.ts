import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { RunSlices, Slice, StoredFile } from "../dataset/stored-file.ts";
import { isWhole } from "../files/whole.ts";
import { laterStep } from "./last-step.ts";
import type { PartRecord, RowTable, StagedRun } from "./records.ts";

/** Parts in a folder of staged work that are whole, in the order in which they were made. What isn't whole is deleted. */
export async function readStage(folder: string): Promise<PartRecord[]> {
  const names = new Set(await readdir(folder));
  const parts: PartRecord[] = [];
  for (const name of [...names].filter((name) => /^(?:history|system)-\d+\.json$/.test(name)).sort()) {
    const part = await readPart(folder, name);
    if (part === undefined) continue;
    parts.push(part);
    names.delete(name);
    if (part.file !== null) names.delete(part.file);
  }
  for (const name of names) {
    if (!name.startsWith("runs-")) await rm(join(folder, name), { recursive: true, force: true });
  }
  return parts;
}

async function readPart(folder: string, name: string): Promise<PartRecord | undefined> {
  let part: PartRecord;
  try {
    part = JSON.parse(await readFile(join(folder, name), "utf8")) as PartRecord;
  } catch {
    return undefined;
  }
  if (part.file === null) return part;
  return (await isWhole(join(folder, part.file), part)) ? part : undefined;
}

/** A run of which some rows are staged, up to a step. */
export interface PartialRun {
  readonly id: string;
  readonly mark: string;
  readonly rows: number;
  readonly slices: readonly Slice[];
  /** Rows from this step on are to be had, and those staged that have it don't count. */
  readonly lastStep: number;
  /** How many of the rows have it. */
  readonly atLast: number;
}

/** What is staged of a table. */
export interface StagedTable {
  /** The runs all of whose rows are staged, and where those are. Of a run that was staged again, the last. */
  readonly runs: ReadonlyMap<string, RunSlices>;
  /** The run that the last part breaks off in. */
  readonly partial: PartialRun | undefined;
}

interface OpenRun {
  readonly id: string;
  readonly mark: string;
  readonly slices: readonly Slice[];
  readonly lastStep?: number | undefined;
  readonly atLast?: number | undefined;
}

/** Finds out what is staged of a table. */
export function stagedTable(folder: string, parts: readonly PartRecord[], table: RowTable): StagedTable {
  const runs = new Map<string, RunSlices>();
  let open: OpenRun | undefined;
  for (const part of parts) {
    if (part.table !== table) continue;
    const file = storedFile(folder, part);
    let start = 0;
    for (const run of part.runs) {
      const { id, mark, rows, first, last } = run;
      const before: OpenRun | undefined = first ? { id, mark, slices: [] } : goneOnWith(open, run);
      const slices = [...(before?.slices ?? [])];
      if (rows > 0 && file !== undefined) slices.push({ file, start, rows });
      if (before === undefined) open = undefined;
      else if (last) {
        runs.set(id, { mark, rows: rowsOf(slices), slices });
        open = undefined;
      } else open = { id, mark, slices, ...laterStep(before, run) };
      start += rows;
    }
  }
  return { runs, partial: partialOf(open) };
}

/** What is open, where a run's next rows go on with it. */
function goneOnWith(open: OpenRun | undefined, { id, mark, from }: StagedRun): OpenRun | undefined {
  if (open === undefined || open.id !== id || open.mark !== mark) return undefined;
  if (from === undefined) return open;
  return from === open.lastStep
    ? { id, mark, slices: withoutLast(open.slices, open.atLast ?? 0) }
    : undefined;
}

function partialOf(open: OpenRun | undefined): PartialRun | undefined {
  if (open?.lastStep === undefined) return undefined;
  const { id, mark, slices, lastStep, atLast = 0 } = open;
  return { id, mark, slices, lastStep, atLast, rows: rowsOf(slices) };
}

/** Slices without so many of their last rows. */
export function withoutLast(slices: readonly Slice[], count: number): Slice[] {
  const kept = [...slices];
  for (let left = count; left > 0; ) {
    const last = kept.pop();
    if (last === undefined) break;
    if (last.rows > left) kept.push({ ...last, rows: last.rows - left });
    left -= last.rows;
  }
  return kept;
}

function rowsOf(slices: readonly Slice[]): number {
  return slices.reduce((sum, { rows }) => sum + rows, 0);
}

function storedFile(folder: string, part: PartRecord): StoredFile | undefined {
  if (part.file === null) return undefined;
  const { rows, bytes, sha256, columns, inexact, runs } = part;
  const withRows = runs.filter((run) => run.rows > 0).map(({ id, rows }) => ({ id, rows }));
  return { path: join(folder, part.file), rows, bytes, sha256, columns, inexact, runs: withRows };
}
