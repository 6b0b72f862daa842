// npm run lab:record [-- NOTEBOOK...]: runs the notebooks anew and saves what they put out: of those that are named, and
// else of those where it has changed.

import { existsSync, readdirSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { checkDemoRuns, withDemoServer } from "./lib/demo-server.mjs";
import { isLive, jupyterEnv, NOTEBOOKS, REQUIREMENTS } from "./lib/jupyter.mjs";
import { checkNode } from "./lib/node-version.mjs";
import { installPackages, turbo } from "./lib/pnpm.mjs";
import { ensurePython } from "./lib/python.mjs";
import { changedCells, shareable } from "./lib/recording.mjs";
import { must, runMain, Trouble } from "./lib/run.mjs";
import { withScratch } from "./lib/scratch.mjs";

const EXECUTE = fileURLToPath(new URL("lib/execute_notebook.py", import.meta.url));

await runMain(async () => {
  const named = process.argv.slice(2);
  const files = notebooks(named);
  checkNode();
  checkDemoRuns();
  await installPackages();
  await turbo("build");
  const python = await ensurePython([REQUIREMENTS]);
  for (const file of files) {
    const hasChanged = await record(file, python, named.length > 0);
    console.log(`${path.basename(file)}: ${hasChanged ? "recorded" : "as it was"}`);
  }
});

function notebooks(/** @type {readonly string[]} */ given) {
  const all = readdirSync(NOTEBOOKS).filter((name) => name.endsWith(".ipynb"));
  const chosen = given.length > 0 ? given.map((name) => path.basename(name)) : all.sort();
  const unknown = chosen.find((name) => !existsSync(path.join(NOTEBOOKS, name)));
  if (unknown !== undefined)
    throw new Trouble(`No notebook is called ${unknown}. There are: ${all.join(", ")}`);
  return chosen.map((name) => path.join(NOTEBOOKS, name));
}

/** Runs a notebook against a server of its own, and gives whether its file was written. */
function record(/** @type {string} */ file, /** @type {string} */ python, /** @type {boolean} */ isNamed) {
  return withDemoServer(({ url }) =>
    withScratch("lazyruns-record-", async (scratch) => {
      const output = path.join(scratch, "output.ipynb");
      const env = jupyterEnv({ python, url, state: scratch, scratch });
      await must(`Running ${path.basename(file)}`, python, [EXECUTE, file, output], { env });
      const text = shareable(await readFile(output, "utf8"), url);
      const before = await readFile(file, "utf8");
      if (!isNamed && changedCells(before, text, isLive(file)).length === 0) return false;
      await writeFile(file, text);
      return true;
    }),
  );
}
