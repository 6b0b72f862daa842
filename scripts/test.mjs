// npm test [-- VITEST ARGS]: installs what is missing, then lint, build, types and every test. The last line counts.

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { REQUIREMENTS } from "./lib/jupyter.mjs";
import { checkNode } from "./lib/node-version.mjs";
import { installPackages, turbo, workspaceCommand } from "./lib/pnpm.mjs";
import { ensurePython } from "./lib/python.mjs";
import { runMain } from "./lib/run.mjs";
import { addCounts, countReport, countsLine } from "./lib/vitest-report.mjs";

const BIOME = "@biomejs/biome/bin/biome";
const VITEST = "vitest/vitest.mjs";

await runMain(async () => {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  try {
    checkNode();
    await installPackages();
    const python = await ensurePython(["e2e/requirements.txt"]);
    await ensurePython(["e2e/spark-requirements.txt"]);
    await ensurePython([REQUIREMENTS]); // the notebooks'
    addCounts(counts, await check("lint", () => workspaceCommand(BIOME, ["check"])));
    addCounts(counts, await check("build", () => turbo("build")));
    addCounts(counts, await check("types", () => turbo("typecheck")));
    addCounts(counts, await vitest(process.argv.slice(2), python));
  } catch (error) {
    counts.failed++;
    console.error(error instanceof Error ? error.message : error);
  }
  console.log(countsLine(counts));
  return counts.failed === 0 ? 0 : 1;
});

/** One check: it fails when its work throws or gives an exit code that isn't 0. */
async function check(/** @type {string} */ name, /** @type {() => Promise<number | void>} */ work) {
  const failed = { passed: 0, failed: 1, skipped: 0 };
  try {
    const code = await work();
    if (code !== undefined && code !== 0) return failed;
    console.log(`${name}: passed`);
    return { passed: 1, failed: 0, skipped: 0 };
  } catch (error) {
    console.error(`${name}: failed\n${error instanceof Error ? error.message : error}`);
    return failed;
  }
}

/** All tests, reported on the terminal for people and in a file for counting. */
async function vitest(/** @type {readonly string[]} */ args, /** @type {string} */ python) {
  const folder = await mkdtemp(path.join(tmpdir(), "lazyruns-test-"));
  try {
    const report = path.join(folder, "report.json");
    const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
    const code = await workspaceCommand(VITEST, ["run", ...reporters, ...args], { LAZYRUNS_PYTHON: python });
    return await countReport(report, code);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
