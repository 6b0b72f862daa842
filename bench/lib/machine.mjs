import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { cpus, platform, release, totalmem } from "node:os";
import { promisify } from "node:util";

/**
 * What the figures depend on, and nothing that tells whose machine it was.
 *
 * @typedef {object} Machine
 * @property {string} processor
 * @property {number} cores
 * @property {number} memoryGB
 * @property {string} system
 * @property {Record<string, string>} versions
 */

const ASK_PYTHON = `
import json, platform, importlib.metadata as metadata
names = ["wandb", "pandas", "polars"]
print(json.dumps({"Python": platform.python_version(), **{name: metadata.version(name) for name in names}}))
`;

/** @param {string} python @returns {Promise<Machine>} */
export async function describeMachine(python) {
  const { stdout } = await promisify(execFile)(python, ["-c", ASK_PYTHON]);
  const processors = cpus();
  return {
    processor: processors[0]?.model.trim() ?? "unknown",
    cores: processors.length,
    memoryGB: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${release().split("-")[0]}`,
    versions: { Node: process.versions.node, ...peers(), ...JSON.parse(stdout) },
  };
}

/** What `@lazyruns/dataframes` makes frames with here. */
function peers() {
  const require = createRequire(createRequire(import.meta.url).resolve("@lazyruns/dataframes/package.json"));
  return Object.fromEntries(
    ["nodejs-polars", "danfojs-node"].map((name) => [name, require(`${name}/package.json`).version]),
  );
}
