// The Python of the end-to-end tests: found on the machine, then a virtual environment inside the checkout.

import { rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { must, ROOT, run, Trouble } from "./run.mjs";
import { fingerprint, onceFor } from "./stamp.mjs";

const LEAST = [3, 11];
const VENV = path.join(ROOT, ".venv");

/** The virtual environment's interpreter. */
export const VENV_PYTHON = path.join(
  VENV,
  ...(process.platform === "win32" ? ["Scripts", "python.exe"] : ["bin", "python"]),
);

const HOW_TO_GET = `  Debian, Ubuntu:  apt install python3 python3-venv
  macOS:           brew install python
  elsewhere:       https://www.python.org/downloads/
Or name an interpreter of your own: LAZYRUNS_PYTHON=/path/to/python. The demo needs no Python: npm run demo.`;

/**
 * Makes `.venv` with the pinned packages of some requirement files, unless it is there.
 *
 * @param {readonly string[]} requirements - paths inside the checkout
 * @returns {Promise<string>} the virtual environment's interpreter
 */
export async function ensurePython(requirements) {
  // A virtual environment stops to work when the Python it was made from is gone or the checkout was moved.
  if (!(await works(VENV_PYTHON, "import pip"))) await makeVenv();
  // JupyterLab has Node run scripts of its own, which are CommonJS: the checkout's package.json says otherwise.
  await writeFile(path.join(VENV, "package.json"), '{ "type": "commonjs" }\n');
  const files = requirements.map((file) => path.join(ROOT, file));
  // One stamp a set of requirements: the tests' packages and the recorder's live side by side.
  const stamp = path.join(VENV, `${requirements.join("+").replaceAll(/[^\w.+-]/g, "_")}.stamp`);
  await onceFor(stamp, await fingerprint(files), async () => {
    console.log(`Installing the Python packages of ${requirements.join(" and ")}...`);
    await must("Installing the Python packages", VENV_PYTHON, [
      ...["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"],
      ...files.flatMap((file) => ["-r", file]),
    ]);
  });
  return VENV_PYTHON;
}

async function makeVenv() {
  const [command, ...args] = await findPython();
  console.log("Making a Python virtual environment in .venv...");
  await rm(VENV, { recursive: true, force: true });
  const { code, output } = await run(command, [...args, "-m", "venv", VENV], { quiet: true });
  if (code !== 0) {
    throw new Trouble(
      `${command} can't make a virtual environment. Is its venv module missing?\n${HOW_TO_GET}\n${output}`,
    );
  }
}

/** The command line of a Python that is new enough. @returns {Promise<[string, ...string[]]>} */
async function findPython() {
  const { LAZYRUNS_PYTHON: given } = process.env;
  /** @type {[string, ...string[]][]} */
  const candidates = given ? [[given]] : [["python3"], ["python"], ["py", "-3"]];
  const enough = `import sys; sys.exit(sys.version_info < (${LEAST.join(", ")}))`;
  for (const [command, ...args] of candidates) {
    if (await works(command, enough, args)) return [command, ...args];
  }
  const tried = candidates.map((candidate) => candidate.join(" ")).join(", ");
  throw new Trouble(
    `Python ${LEAST.join(".")} or newer is needed and wasn't found (tried: ${tried}).\n${HOW_TO_GET}`,
  );
}

/** Whether an interpreter runs a line of code to a good end. */
async function works(
  /** @type {string} */ python,
  /** @type {string} */ code,
  /** @type {string[]} */ args = [],
) {
  return (await run(python, [...args, "-c", code], { quiet: true })).code === 0;
}
