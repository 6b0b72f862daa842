// npm run test:matrix: the packed packages, installed by npm and used, on every Node that is supported.

import { copyFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { checkNode } from "./lib/node-version.mjs";
import { getNode } from "./lib/nodes.mjs";
import { installPackages, pnpm, turbo } from "./lib/pnpm.mjs";
import { must, ROOT, run, runMain } from "./lib/run.mjs";

/** The oldest Node that is promised, and the newest of each line. */
const VERSIONS = ["20.19.0", "22", "24", "26"];
const PACKAGES = ["core", "local-server", "dataframes", "export", "cli"];
/** The newest polars that npm installs whole on every Node. */
const PEERS = ["nodejs-polars@0.24.1"];

await runMain(async () => {
  checkNode();
  await installPackages();
  await turbo("build");
  const folder = await mkdtemp(path.join(tmpdir(), "lazyruns-matrix-"));
  try {
    const tarballs = PACKAGES.map((name) => path.join(folder, `${name}.tgz`));
    for (const [index, name] of PACKAGES.entries()) {
      const out = ["--out", tarballs[index] ?? ""];
      await pnpm(`Packing ${name}`, ["--dir", path.join(ROOT, "packages", name), "pack", ...out]);
    }
    const results = [];
    for (const version of VERSIONS) results.push(await smoke(version, tarballs, path.join(folder, version)));
    console.log(["", ...results.map(resultLine), ""].join("\n"));
    const failed = results.filter((result) => !result.passed).length;
    console.log(`${results.length - failed} passed, ${failed} failed`);
    return failed === 0 ? 0 : 1;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

/**
 * Installs the tarballs with npm into a new project, with install scripts blocked, and runs the smoke test there.
 *
 * @param {string} version
 * @param {readonly string[]} tarballs
 * @param {string} project
 */
async function smoke(version, tarballs, project) {
  const start = performance.now();
  let actual = version;
  let output = "";
  let passed = false;
  try {
    const node = await getNode(version);
    actual = (await must("Asking for the version", node, ["--version"])).trim();
    console.log(`Node ${actual}...`);
    await mkdir(project);
    await writeFile(path.join(project, "package.json"), JSON.stringify({ name: "smoke", private: true }));
    // The new Node comes first in PATH, so that npm picks the platform's packages as it would for that Node.
    const env = { ...process.env, PATH: path.dirname(node) + path.delimiter + process.env.PATH };
    const quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"];
    await must("Installing the tarballs", "npm", ["install", ...quiet, ...tarballs, ...PEERS], {
      cwd: project,
      env,
    });
    for (const file of ["smoke.mjs", "listening.mjs"])
      await copyFile(path.join(ROOT, "scripts/lib", file), path.join(project, file));
    const runs = path.join(ROOT, "apps/demo-notebooks/training/runs");
    const smoked = await run(node, ["smoke.mjs", runs], { cwd: project, quiet: true, env });
    passed = smoked.code === 0;
    const lines = smoked.output.trim().split("\n");
    output = (passed ? lines.slice(-1) : lines).join("\n"); // before the last line is what the server told
  } catch (error) {
    output = error instanceof Error ? error.message : String(error);
  }
  return { actual, passed, output, seconds: (performance.now() - start) / 1000 };
}

/** @param {Awaited<ReturnType<typeof smoke>>} result */
function resultLine({ actual, passed, output, seconds }) {
  return `${actual.padEnd(10)} ${passed ? "passed" : "FAILED"}  ${seconds.toFixed(1).padStart(5)} s  ${output}`;
}
