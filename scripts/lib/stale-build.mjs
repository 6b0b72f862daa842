// Files of earlier builds in the built front end: what turbo takes from its cache is laid over what was there.

import { readdir, readFile, rm } from "node:fs/promises";
import path from "node:path";

/** A file that is named after its content. */
const HASHED = /\.([0-9a-f]{16,})\.\w+$/;

/**
 * Removes the files that the built extension doesn't refer to any more.
 *
 * @param {string} extension - the folder of a built JupyterLab extension; one that isn't there is left to others
 */
export async function removeStale(extension) {
  const manifest = await readFile(path.join(extension, "package.json"), "utf8").catch(() => "{}");
  const entry = JSON.parse(manifest).jupyterlab?._build?.load;
  if (typeof entry !== "string") return;
  const folder = path.join(extension, "static");
  const unreached = new Map();
  for (const name of await readdir(folder).catch(() => [])) {
    const hash = HASHED.exec(name)?.[1];
    if (hash !== undefined && name !== path.basename(entry)) unreached.set(name, hash);
  }
  const reached = [path.basename(entry)];
  for (const name of reached) {
    const text = await readFile(path.join(folder, name), "latin1").catch(() => "");
    for (const [other, hash] of unreached) {
      if (!text.includes(hash)) continue;
      unreached.delete(other);
      reached.push(other);
    }
  }
  await Promise.all([...unreached.keys()].map((name) => rm(path.join(folder, name), { force: true })));
}
