import { readdir, readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { RunSlices, Slice, StoredFile } from "../dataset/stored-file.ts";
import { sha256 } from "../files/durable.ts";
import type { PartRecord, RowTable } from "./records.ts";

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

/** Whether a file is there with the bytes that it had. */
export async function isWhole(
  path: string,
  { bytes, sha256: sum }: { bytes: number; sha256: string },
): Promise<boolean> {
  const size = await stat(path).then(
    ({ size }) => size,
    () => -1,
  );
  return size === bytes && (await sha256(path)) === sum;
}

/** The runs of a table all of whose rows are staged, and where those are. Of a run that was staged again, the last. */
export function stagedRuns(
  folder: string,
  parts: readonly PartRecord[],
  table: RowTable,
): Map<string, RunSlices> {
  const whole = new Map<string, RunSlices>();
  let open: { id: string; mark: string; rows: number; slices: Slice[] } | undefined;
  for (const part of parts) {
    if (part.table !== table) continue;
    const file = storedFile(folder, part);
    let start = 0;
    for (const { id, mark, rows, first, last } of part.runs) {
      if (first) open = { id, mark, rows: 0, slices: [] };
      else if (open?.id !== id || open.mark !== mark) open = undefined;
      if (open !== undefined) {
        open.rows += rows;
        if (rows > 0 && file !== undefined) open.slices.push({ file, start, rows });
        if (last) {
          whole.set(id, { mark, rows: open.rows, slices: open.slices });
          open = undefined;
        }
      }
      start += rows;
    }
  }
  return whole;
}

function storedFile(folder: string, part: PartRecord): StoredFile | undefined {
  if (part.file === null) return undefined;
  const { rows, bytes, sha256, columns, inexact, runs } = part;
  const withRows = runs.filter((run) => run.rows > 0).map(({ id, rows }) => ({ id, rows }));
  return { path: join(folder, part.file), rows, bytes, sha256, columns, inexact, runs: withRows };
}
