import { mkdir, rename, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import type { DatasetTable, Manifest, ManifestTable } from "../dataset/manifest.ts";
import { MANIFEST } from "../dataset/manifest.ts";
import type { StoredColumn } from "../dataset/schema.ts";
import type { StoredFile } from "../dataset/stored-file.ts";
import { syncFolder, writeDurably } from "../files/durable.ts";
import { fileError } from "../files/file-error.ts";
import { step } from "../files/steps.ts";
import type { WorkFolder } from "../files/work-folder.ts";

/** Begins a commit: an empty folder for each of its tables. */
export async function beginDraft({ draft }: WorkFolder, tables: readonly DatasetTable[]): Promise<void> {
  try {
    await rm(draft, { recursive: true, force: true });
    for (const table of tables) await mkdir(join(draft, table), { recursive: true });
  } catch (error) {
    throw fileError(error, draft);
  }
}

/** Ends a commit: with the manifest it is whole, and stands to be put in its place. */
export async function endDraft(
  { draft, next, work }: WorkFolder,
  manifest: Manifest,
  tables: readonly DatasetTable[],
): Promise<void> {
  for (const table of tables) await syncFolder(join(draft, table));
  await writeDurably(join(draft, MANIFEST), JSON.stringify(manifest, null, 1));
  try {
    step("end the draft");
    await rename(draft, next);
  } catch (error) {
    throw fileError(error, next);
  }
  await syncFolder(work);
}

/** A table as the manifest names it. */
export function manifestTable(
  table: DatasetTable,
  files: readonly StoredFile[],
  columns: readonly StoredColumn[],
): ManifestTable {
  const inexact = new Set(files.flatMap((file) => file.inexact));
  return {
    rows: files.reduce((sum, { rows }) => sum + rows, 0),
    columns: columns.map(({ name, source, dtype }) => ({
      name,
      dtype,
      ...(source === name ? {} : { source }),
      exact: !inexact.has(source),
    })),
    files: files.map(({ path, rows, bytes, sha256, runs }) => ({
      path: `${table}/${basename(path)}`,
      rows,
      bytes,
      sha256,
      runs,
    })),
  };
}
