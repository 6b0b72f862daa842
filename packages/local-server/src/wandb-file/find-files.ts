import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";

/**
 * The `.wandb` files at a path: the file itself, or those in a folder and its folders, in order of their names.
 * Links are not followed: `latest-run` is one, and names a run that is there anyway.
 */
export async function findWandbFiles(path: string): Promise<string[]> {
  if ((await stat(path)).isFile()) return [path];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith(".wandb"))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
