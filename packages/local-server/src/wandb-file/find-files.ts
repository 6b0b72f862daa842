import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { WandbFileError } from "./wandb-file-error.ts";

/** Folders that hold no runs, and often a great many files. */
const PASSED_BY = new Set(["node_modules", ".git"]);

/**
 * The `.wandb` files of a folder and of all folders below it, or the one file itself.
 *
 * Links inside a folder are not followed: `latest-run` would name a run twice, others could loop. What a run saved
 * (the folder `files` beside its `.wandb` file) isn't searched. A folder below that can't be read is told to `warn`.
 *
 * @throws WandbFileError when there is no such file or folder, or it can't be read.
 */
export async function findWandbFiles(path: string, warn: (problem: string) => void): Promise<string[]> {
  const found = await stat(path).catch((cause: unknown) => {
    throw new WandbFileError(path, "no such file or folder, or it can't be read", { cause });
  });
  if (!found.isDirectory()) return [path];
  const files = await filesIn(path).catch((cause: unknown) => {
    throw new WandbFileError(path, "the folder can't be read", { cause });
  });
  return files.sort();

  async function filesIn(folder: string): Promise<string[]> {
    const entries = await readdir(folder, { withFileTypes: true });
    const own = entries.filter((entry) => entry.isFile() && entry.name.endsWith(".wandb"));
    const below = entries.filter(
      (entry) =>
        entry.isDirectory() && !PASSED_BY.has(entry.name) && !(own.length > 0 && entry.name === "files"),
    );
    const files = own.map(({ name }) => join(folder, name));
    for (const { name } of below) {
      const inside = join(folder, name);
      files.push(...(await filesIn(inside).catch((error: Error) => skip(inside, error))));
    }
    return files;
  }

  function skip(folder: string, error: Error): string[] {
    warn(`${folder}: the folder can't be read (${error.message})`);
    return [];
  }
}
