// pnpm, at the version that package.json pins, fetched by npx: nothing needs to be installed beforehand.

import { readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import path from "node:path";
import { missingModules } from "./installed.mjs";
import { must, ROOT, run } from "./run.mjs";
import { fingerprint, onceFor } from "./stamp.mjs";

/** What npx is asked for: `pnpm@` and the pinned version. */
const PNPM = JSON.parse(readFileSync(path.join(ROOT, "package.json"), "utf8")).packageManager;

const NPX_ARGS = ["--yes", "--prefer-offline", PNPM];

/** No telemetry, no second way to fetch pnpm, no install scripts, and no colour codes in what is captured. */
const ENV = {
  ...process.env,
  TURBO_TELEMETRY_DISABLED: "1",
  TURBO_NO_UPDATE_NOTIFIER: "1",
  DO_NOT_TRACK: "1",
  COREPACK_ENABLE_STRICT: "0",
  npm_config_ignore_scripts: "true",
  npm_config_update_notifier: "false",
};

/**
 * Runs pnpm quietly; its output is shown only when it fails.
 *
 * @param {string} what - said in the message of a failure
 * @param {readonly string[]} args
 */
export function pnpm(what, args) {
  return must(what, "npx", [...NPX_ARGS, ...args], { env: ENV });
}

/** What a test sets for a script that it runs: all is installed and built, and doing it anew would disturb the others. */
const { LAZYRUNS_PREPARED: prepared } = process.env;
const IS_PREPARED = prepared === "1";

/** Installs the packages that the lockfile names, unless they are there. */
export async function installPackages() {
  if (IS_PREPARED) return;
  const files = ["pnpm-lock.yaml", "pnpm-workspace.yaml"].map((name) => path.join(ROOT, name));
  const print = await fingerprint(files, [process.platform, process.arch, process.versions.modules, PNPM]);
  const stamp = path.join(ROOT, "node_modules/.lazyruns-stamp");
  if (missingModules(ROOT).length > 0) await rm(stamp, { force: true });
  await onceFor(stamp, print, async () => {
    console.log("Installing the packages...");
    // A folder that another Node or pnpm made is replaced without asking: nobody is there to answer.
    await pnpm("Installing the packages", [
      "install",
      "--frozen-lockfile",
      "--config.confirmModulesPurge=false",
    ]);
  });
}

/** Runs a turbo task over the workspace: quietly, unless it fails. */
export async function turbo(/** @type {string} */ task, /** @type {readonly string[]} */ args = []) {
  if (IS_PREPARED) return;
  // By way of pnpm, because turbo runs each package's script with the pnpm it finds in PATH.
  await pnpm(`turbo run ${task}`, ["exec", "turbo", "run", task, "--output-logs=errors-only", ...args]);
}

/** Runs a command of the workspace's own, with its output shown, and gives its exit code. */
export async function workspaceCommand(
  /** @type {string} */ entry,
  /** @type {readonly string[]} */ args,
  /** @type {NodeJS.ProcessEnv} */ env = {},
) {
  const { code } = await run(process.execPath, [path.join(ROOT, "node_modules", entry), ...args], {
    env: { ...ENV, ...env },
  });
  return code;
}
