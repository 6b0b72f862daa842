import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { OfflineFile } from "./offline-run.ts";

/**
 * The files that a run saved in its `files` folder, sorted by name; none when there is no such folder.
 *
 * A link to a file counts, because `wandb.save` makes them; a link to a folder could loop and does not. A folder that
 * can't be read is left out and told to `warn`.
 */
export async function savedFiles(folder: string, warn: (problem: string) => void): Promise<OfflineFile[]> {
  const files: OfflineFile[] = [];
  await collect(folder, "", files, warn);
  return files.sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function collect(
  folder: string,
  prefix: string,
  files: OfflineFile[],
  warn: (problem: string) => void,
): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") warn(`the saved files in ${folder} can't be read: ${error.message}`);
    return [];
  });
  for (const entry of entries) {
    const path = join(folder, entry.name);
    const name = prefix + entry.name;
    if (entry.isDirectory()) await collect(path, `${name}/`, files, warn);
    else if (entry.isFile() || (entry.isSymbolicLink() && (await isFile(path)))) files.push({ name, path });
  }
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}
