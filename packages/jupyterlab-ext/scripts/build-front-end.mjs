// Builds the front end out of lib/ in a folder of its own, and puts it in its place when it is whole: a JupyterLab that
// runs from there always finds one.

import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const PACKAGE = fileURLToPath(new URL("..", import.meta.url));
const BUILDER = ["@jupyter/builder/lib/build-labextension.js", "@jupyterlab/core-meta/core.package.json"];

const { jupyterlab } = JSON.parse(readFileSync(path.join(PACKAGE, "package.json"), "utf8"));
const built = path.join(PACKAGE, jupyterlab.outputDir);
// Beside it: folders can't be renamed from one disk to another.
const stage = mkdtempSync(path.join(PACKAGE, ".build-"));
try {
  cpSync(path.join(PACKAGE, "package.json"), path.join(stage, "package.json"));
  for (const folder of ["lib", "style", "schema", "node_modules"])
    symlinkSync(path.join(PACKAGE, folder), path.join(stage, folder), "junction");
  const [builder, core] = BUILDER.map((file) => path.join(PACKAGE, "node_modules", file));
  const command = [builder, "--core-package-file", core, stage];
  const { status, error } = spawnSync(process.execPath, command, { cwd: PACKAGE, stdio: "inherit" });
  if (error !== undefined) throw error;
  if (status === 0) replace(path.join(stage, jupyterlab.outputDir), built);
  process.exitCode = status ?? 1;
} finally {
  rmSync(stage, { recursive: true, force: true });
}

/** Puts a folder in the place of another, which goes with the stage. */
function replace(/** @type {string} */ next, /** @type {string} */ old) {
  try {
    renameSync(old, path.join(stage, "old"));
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== "ENOENT") throw error;
  }
  renameSync(next, old);
}
