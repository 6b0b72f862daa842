import { join } from "node:path";
import { isWhole, sizeOf } from "../files/whole.ts";
import type { DatasetTable, ExportStream, Manifest } from "./manifest.ts";
import type { StoredColumn } from "./schema.ts";
import type { RunSlices, Slice, StoredFile } from "./stored-file.ts";

/** The columns of a table that a manifest names, as files have them. */
export function storedColumns(manifest: Manifest | undefined, table: DatasetTable): StoredColumn[] {
  const columns = manifest?.tables[table]?.columns ?? [];
  return columns.map(({ name, dtype, source = name }) => ({ name, source, dtype }));
}

/**
 * The files of a table that a manifest names, as far as they are there in their size. The table of runs is read in any
 * case, so its bytes are looked at too; other files are when they are read.
 */
export async function storedFiles(
  out: string,
  manifest: Manifest | undefined,
  table: DatasetTable,
): Promise<{ files: StoredFile[]; missing: string[] }> {
  const columns = storedColumns(manifest, table);
  const inexact = (manifest?.tables[table]?.columns ?? [])
    .filter(({ exact }) => !exact)
    .map(({ name, source = name }) => source);
  const files: StoredFile[] = [];
  const missing: string[] = [];
  for (const file of manifest?.tables[table]?.files ?? []) {
    const path = join(out, ...file.path.split("/"));
    const isThere = table === "runs" ? await isWhole(path, file) : (await sizeOf(path)) === file.bytes;
    if (isThere) files.push({ ...file, path, columns, inexact });
    else missing.push(file.path);
  }
  return { files, missing };
}

/** The runs of a stream that are in a dataset with all of their rows. */
export function committedRuns(
  manifest: Manifest | undefined,
  stream: ExportStream,
  files: readonly StoredFile[],
): Map<string, RunSlices> {
  const slices = new Map<string, Slice[]>();
  for (const file of files) {
    let start = 0;
    for (const { id, rows } of file.runs) {
      const known = slices.get(id) ?? [];
      known.push({ file, start, rows });
      slices.set(id, known);
      start += rows;
    }
  }
  const runs = new Map<string, RunSlices>();
  for (const run of manifest?.runs ?? []) {
    const rows = run[stream];
    if (rows === undefined) continue;
    const known = slices.get(run.id) ?? [];
    const there = known.reduce((sum, { rows }) => sum + rows, 0);
    if (there === rows.rows) runs.set(run.id, { mark: rows.mark, rows: rows.rows, slices: known });
  }
  return runs;
}
