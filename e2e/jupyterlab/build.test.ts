import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { ROOT } from "../../scripts/lib/run.mjs";

const PACKAGE = path.join(ROOT, "packages/jupyterlab-ext");
const BUILT = path.join(PACKAGE, "jupyterlab_lazyruns/labextension");

/** Whether a JupyterLab that asks now is given a whole extension. */
function isThere(): boolean {
  try {
    const { jupyterlab } = JSON.parse(readFileSync(path.join(BUILT, "package.json"), "utf8"));
    return existsSync(path.join(BUILT, jupyterlab._build.load)) && existsSync(path.join(BUILT, "schemas"));
  } catch {
    return false;
  }
}

test("a build leaves an open JupyterLab its extension", { timeout: 120_000 }, async () => {
  expect(isThere()).toBe(true);
  const build = spawn(process.execPath, ["scripts/build-front-end.mjs"], { cwd: PACKAGE, stdio: "ignore" });
  const ended = new Promise((resolve) => build.once("exit", resolve));
  let looks = 0;
  let misses = 0;
  while (build.exitCode === null && build.signalCode === null) {
    looks++;
    // Between two renames there is none for less than a look takes.
    if (!isThere() && !isThere()) misses++;
    await pause(5);
  }
  expect(await ended).toBe(0);
  expect(looks).toBeGreaterThan(20);
  expect(misses).toBeLessThanOrEqual(1);
  expect(isThere()).toBe(true);
});
