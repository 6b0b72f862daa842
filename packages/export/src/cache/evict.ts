import { lstat, readdir, rm, rmdir } from "node:fs/promises";
import { join } from "node:path";
import { drop, recordPath } from "./entry.ts";

interface Kept {
  readonly path: string;
  readonly bytes: number;
  readonly usedMs: number;
}

/** What a process that died left behind is cleared away when it is this old: nothing takes so long to write. */
const LEFT_BEHIND_MS = 24 * 3_600_000;

const BLOCK = 512;

/** How many readers of this process use a file. */
const inUse = new Map<string, number>();

/** Keeps a file from being evicted by this process until the returned function is called. */
export function use(path: string): () => void {
  inUse.set(path, (inUse.get(path) ?? 0) + 1);
  let released = false;
  return () => {
    if (released) return;
    released = true;
    const left = (inUse.get(path) ?? 1) - 1;
    if (left > 0) inUse.set(path, left);
    else inUse.delete(path);
  };
}

/**
 * Removes the files that weren't used for longest until the cache is as small as it should be. What can't be removed
 * stays: another process may be at it too.
 */
export async function evict(folder: string, maxBytes: number): Promise<void> {
  const kept: Kept[] = [];
  for (const place of await foldersIn(folder)) {
    for (const entry of await foldersIn(place)) kept.push(...(await look(entry)));
  }
  let total = kept.reduce((sum, { bytes }) => sum + bytes, 0);
  for (const { path, bytes } of kept.sort((a, b) => a.usedMs - b.usedMs)) {
    if (total <= maxBytes) break;
    if (inUse.has(path)) continue;
    await drop(path).catch(() => undefined);
    await removeEmpty(join(path, ".."));
    total -= bytes;
  }
}

async function foldersIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(folder, name));
}

/** The files of an entry; what nobody will ever read is removed. */
async function look(folder: string): Promise<Kept[]> {
  const kept: Kept[] = [];
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, name);
    const stat = await lstat(path).catch(() => undefined);
    if (stat === undefined) continue;
    const isData = name.endsWith(".parquet");
    const record = isData ? await lstat(recordPath(path)).catch(() => undefined) : undefined;
    if (record !== undefined) {
      // A file with holes takes less than its length; Windows doesn't say how much.
      const bytes = (stat.blocks > 0 ? stat.blocks * BLOCK : stat.size) + record.size;
      kept.push({ path, bytes, usedMs: record.mtimeMs });
    } else if ((isData || name.startsWith(".")) && Date.now() - stat.mtimeMs > LEFT_BEHIND_MS) {
      await rm(path, { force: true }).catch(() => undefined);
    }
  }
  return kept;
}

async function removeEmpty(folder: string): Promise<void> {
  await rmdir(folder).catch(() => undefined); // it isn't when others are at it
}
