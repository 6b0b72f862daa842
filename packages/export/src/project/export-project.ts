import { putInPlace } from "./commit/put-in-place.ts";
import { readManifest } from "./dataset/read-manifest.ts";
import { runExport } from "./export-job.ts";
import type { ExportResult } from "./export-result.ts";
import { checkTables } from "./files/check-tables.ts";
import { lock } from "./files/lock.ts";
import { checkFolder, clearWork, makeFolders, workFolder } from "./files/work-folder.ts";
import { checkSame, inOrder, sourceOf } from "./identity.ts";
import { apiOf, checkExportOptions, type ExportOptions } from "./options.ts";
import { PART_LIMITS, type PartLimits } from "./stage/part-stager.ts";
import { checkStagedSource } from "./stage/staged-source.ts";

/**
 * Exports every row of every run of a project to a folder of Parquet files, which DuckDB, polars, pandas and Spark read
 * in place: `runs/` (one row a run), `history/` and `system/`, sorted by run, and `manifest.json`.
 *
 * Broken off by whatever, the next call goes on: what was fetched isn't fetched again. A call on a dataset that is whole
 * fetches what changed since. Until the end the dataset is as it was; then its folders are replaced one after
 * another, so that who reads just then may find one missing, or newer than the others.
 *
 * @param path - `"entity/project"`
 * @throws InvalidArgumentError, before anything is written, for a bad option, and a folder that holds something else: other
 *   files, another project's, server's or filter's export, or one that a newer version made
 * @throws LazyrunsError when another process exports to the folder now; when the disk is full; and, with the ids in
 *   `missing`, when rows of some runs can't be had: everything else is in the dataset then
 * @throws what reading a project throws, such as AuthenticationError; the signal's reason
 * @example
 * const { runs, rows, bytes } = await exportProject("team/project", { out: "./project" });
 */
export function exportProject(path: string, options: ExportOptions): Promise<ExportResult> {
  return exportWithin(path, options, PART_LIMITS);
}

/** The same with parts of other sizes. */
export async function exportWithin(
  path: string,
  options: ExportOptions,
  limits: PartLimits,
): Promise<ExportResult> {
  checkExportOptions(options);
  const { out, signal } = options;
  const filters = inOrder(options.filters) as ExportOptions["filters"];
  signal?.throwIfAborted();
  const folder = workFolder(out);
  const { api, close } = apiOf(options);
  try {
    const shared = { filters, order: "name", includeSweeps: false, onWarning: options.onWarning } as const;
    const lazy = api.runs(path, shared);
    const full = api.runs(path, { ...shared, lazy: false });
    const source = sourceOf(lazy, api.baseUrl, { ...options, filters });
    await checkFolder(folder);
    const there = await readManifest(folder.out);
    if (there !== undefined) checkSame(folder.out, there.source, source);
    await makeFolders(folder);
    const unlock = await lock(folder.work, folder.out);
    try {
      await checkStagedSource(folder, source);
      if (await putInPlace(folder)) await clearWork(folder);
      await makeFolders(folder);
      await checkStagedSource(folder, source);
      const manifest = await readManifest(folder.out); // another process may have written one since
      await checkTables(folder, manifest);
      return await runExport({ lazy, full, source, folder, manifest, options, limits });
    } finally {
      await unlock();
    }
  } finally {
    await close();
  }
}
