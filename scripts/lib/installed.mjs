// Whether the packages that the lockfile names are there.

import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

/**
 * The packages of a workspace that have dependencies and no folder for them.
 *
 * @param {string} root - the folder of `pnpm-lock.yaml`
 * @returns {string[]} their folders, relative to `root`
 */
export function missingModules(root) {
  const lock = readFileSync(path.join(root, "pnpm-lock.yaml"), "utf8");
  const importers = /^importers:\n([\s\S]*?)^\S/m.exec(`${lock}\n.`)?.[1] ?? "";
  // A package without dependencies is written as `folder: {}`.
  const folders = [...importers.matchAll(/^ {2}(\S+):$/gm)].map(([, folder]) => folder ?? "");
  return folders.filter((folder) => !existsSync(path.join(root, folder, "node_modules")));
}
