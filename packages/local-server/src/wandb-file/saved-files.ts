import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { OfflineFile } from "./offline-run.ts";

/**
 * The files that a run saved in its `files` folder, sorted by name; none when there is no such folder.
 *
 * A link to a file counts, because `wandb.save` makes them; a link to a folder could loop and does not.
 */
export async function savedFiles(folder: string): Promise<OfflineFile[]> {
  const files: OfflineFile[] = [];
  await collect(folder, "", files);
  return files.sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function collect(folder: string, prefix: string, files: OfflineFile[]): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  for (const entry of entries) {
    const path = join(folder, entry.name);
    const name = prefix + entry.name;
    if (entry.isDirectory()) await collect(path, `${name}/`, files);
    else if (entry.isFile() || (entry.isSymbolicLink() && (await isFile(path)))) files.push({ name, path });
  }
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}
