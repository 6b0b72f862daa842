import { mkdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { DatasetTable } from "../dataset/manifest.ts";
import { MANIFEST } from "../dataset/manifest.ts";
import { syncFolder } from "../files/durable.ts";
import { fileError } from "../files/file-error.ts";
import { step } from "../files/steps.ts";
import type { WorkFolder } from "../files/work-folder.ts";

const TABLES: readonly DatasetTable[] = ["history", "system", "runs"];

/**
 * Puts a commit that is whole in its place: each table's folder takes the place of the one before, then the manifest.
 * Where that was broken off it is gone on with, from whatever step. Does nothing without a commit.
 *
 * @returns whether there was one
 */
export async function putInPlace(folder: WorkFolder): Promise<boolean> {
  const { out, next, old } = folder;
  if (!(await exists(next))) return false;
  try {
    await mkdir(old, { recursive: true });
    for (const table of TABLES) {
      const from = join(next, table);
      if (!(await exists(from))) continue;
      const to = join(out, table);
      if (await exists(to)) {
        await rm(join(old, table), { recursive: true, force: true });
        step(`put ${table} aside`);
        await rename(to, join(old, table));
      }
      step(`put ${table} in place`);
      await rename(from, to);
      await syncFolder(out);
    }
    step("put the manifest in place");
    if (await exists(join(next, MANIFEST))) await rename(join(next, MANIFEST), join(out, MANIFEST));
    await syncFolder(out);
    await syncFolder(next);
    return true;
  } catch (error) {
    throw fileError(error, out);
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
