import { execFile } from "node:child_process";
import { cp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { ROOT } from "../../scripts/lib/run.mjs";
import { fingerprint } from "../../scripts/lib/stamp.mjs";
import { makeWheel, WHEEL_REQUIREMENTS } from "../../scripts/lib/wheel.mjs";
import { locked } from "../support/locked.ts";
import { PYTHON } from "../support/python.ts";

const exec = promisify(execFile);
const CACHE = path.join(ROOT, ".cache");
const [BIN, NAME] = process.platform === "win32" ? ["Scripts", "python.exe"] : ["bin", "python"];

/** The requirement files of what the wheel is tried in. */
export const JUPYTERLAB_4_6 = "e2e/jupyterlab/jupyterlab-4.6.txt";
export const JUPYTERLAB_4_2 = "e2e/jupyterlab/jupyterlab-4.2.txt";
export const NOTEBOOK_7 = "e2e/jupyterlab/notebook-7.txt";

let built: Promise<string> | undefined;

/** The wheel of the extension, out of the front end as it is built now; made once in a test file. Gives its path. */
export function buildWheel(): Promise<string> {
  built ??= makeVenv([WHEEL_REQUIREMENTS]).then((python) =>
    makeWheel({ python, into: path.join(CACHE, "wheel") }),
  );
  return built;
}

/**
 * A virtual environment with the packages of some requirement files, and nothing else. It is kept for the next time,
 * and shared: nothing may be installed into it, `installWheel` makes a copy for that.
 *
 * @param requirements - paths inside the checkout
 * @returns its interpreter
 */
export async function makeVenv(requirements: readonly string[]): Promise<string> {
  const files = requirements.map((file) => path.join(ROOT, file));
  const versions = path.join(ROOT, "e2e/jupyterlab/versions.txt");
  const print = await fingerprint([...files, versions], [PYTHON]);
  const name = requirements.map((file) => path.basename(file, ".txt")).join("+");
  const folder = path.join(CACHE, "venvs", `${name}-${print.slice(0, 12)}`);
  return locked(`${folder}.lock`, async () => {
    const stamp = path.join(folder, "made");
    const isThere = await readFile(stamp).then(
      () => true,
      () => false,
    );
    if (!isThere) {
      await rm(folder, { recursive: true, force: true });
      await exec(PYTHON, ["-m", "venv", folder]);
      // JupyterLab has Node run scripts of its own, which are CommonJS: the checkout's package.json says otherwise.
      await writeFile(path.join(folder, "package.json"), '{ "type": "commonjs" }\n');
      await pip(interpreter(folder), "install", ...files.flatMap((file) => ["-r", file]));
      await writeFile(stamp, "");
    }
    return interpreter(folder);
  });
}

/**
 * A virtual environment of its own, with the packages of some requirement files and the wheel.
 *
 * @param folder - where it is made: one that is gone after the test, and is not there yet
 * @param requirements - as `makeVenv` takes them
 * @returns its interpreter; `jupyter` and what else it has stand beside it
 */
export async function installWheel(folder: string, requirements: readonly string[]): Promise<string> {
  const [base, wheel] = await Promise.all([makeVenv(requirements), buildWheel()]);
  await copyVenv(path.dirname(path.dirname(base)), folder);
  const python = interpreter(folder);
  await pip(python, "install", "--no-index", wheel);
  return python;
}

/** Runs pip quietly. @throws Error with what it said, when it fails */
export async function pip(python: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await exec(python, ["-m", "pip", "--disable-pip-version-check", "--no-input", ...args]);
  return stdout;
}

function interpreter(venv: string): string {
  return path.join(venv, BIN, NAME);
}

/** The programs of a virtual environment name its interpreter in their first line. */
async function copyVenv(from: string, to: string): Promise<void> {
  await copyFolder(from, to);
  const programs = await readdir(path.join(to, BIN), { withFileTypes: true });
  for (const program of programs.filter((entry) => entry.isFile())) {
    const file = path.join(to, BIN, program.name);
    const text = await readFile(file, "latin1");
    if (!text.startsWith(`#!${from}`)) continue;
    const { mode } = await stat(file);
    await rm(file); // it may be one with that of the other
    await writeFile(
      file,
      text.replace(from, () => to),
      { encoding: "latin1", mode },
    );
  }
}

/** Of 15,000 files: links to them, which takes no time where they can be had. Installing replaces files, and changes none. */
async function copyFolder(from: string, to: string): Promise<void> {
  if (process.platform === "win32") {
    await cp(from, to, { recursive: true, verbatimSymlinks: true });
    return;
  }
  try {
    await exec("cp", ["-al", from, to]);
  } catch {
    // On another device, or without links. Node's own copying takes seven times as long.
    await rm(to, { recursive: true, force: true });
    await exec("cp", ["-a", from, to]);
  }
}
