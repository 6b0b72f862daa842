import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { WandbFileError } from "./wandb-file-error.ts";

const RUN_FOLDER = /^(offline-)?run-/;

/**
 * The `.wandb` files of a `wandb` folder, of the folder that holds it, of one run's folder, or the one file itself.
 *
 * Links inside a folder are not followed: `latest-run` would name a run twice, others could loop.
 *
 * @throws WandbFileError when there is no such file or folder.
 */
export async function findWandbFiles(path: string): Promise<string[]> {
  const found = await stat(path).catch((cause: unknown) => {
    throw new WandbFileError(path, "no such file or folder, or it can't be read", { cause });
  });
  if (!found.isDirectory()) return [path];
  const files = await filesIn(path);
  return (files.length > 0 ? files : await nested(path, "wandb")).sort();
}

/** The files of a run's folder, or those of each run's folder in a `wandb` folder. */
async function filesIn(folder: string): Promise<string[]> {
  const files: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isFile() && entry.name.endsWith(".wandb")) files.push(path);
    else if (entry.isDirectory() && RUN_FOLDER.test(entry.name)) files.push(...(await filesIn(path)));
  }
  return files;
}

async function nested(folder: string, name: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const inside = entries.find((entry) => entry.isDirectory() && entry.name === name);
  return inside ? filesIn(join(folder, name)) : [];
}
