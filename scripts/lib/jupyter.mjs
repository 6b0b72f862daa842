// What Jupyter and its kernels are told: where the kernels are, where they may write, and which server they read from.

import path from "node:path";
import { DEMO_KEY } from "./demo-server.mjs";
import { ROOT } from "./run.mjs";

/** The folder of the notebooks. */
export const NOTEBOOKS = path.join(ROOT, "apps/demo-notebooks");

/** The Python packages of JupyterLab, of what runs notebooks, and of the client that logs runs. */
export const REQUIREMENTS = "apps/demo-notebooks/requirements.txt";

/** Whether a notebook has runs made while it runs, which come out otherwise each time. */
export function isLive(/** @type {string} */ file) {
  return file.endsWith("04-live.ipynb");
}

const JUPYTER = path.join(NOTEBOOKS, "jupyter");

/**
 * The environment of Jupyter and of the kernels it starts. Nothing of theirs goes to the home folder.
 *
 * @param {{ python: string, url: string, state: string, scratch: string }} options - `python` is the interpreter
 *   with the packages of `REQUIREMENTS`; `url` the server's; `state` a folder for what is to be there next time;
 *   `scratch` one for the rest
 * @returns {NodeJS.ProcessEnv}
 */
export function jupyterEnv({ python, url, state, scratch }) {
  const pathName = Object.keys(process.env).find((name) => name.toUpperCase() === "PATH") ?? "PATH";
  const programs = [path.dirname(python), path.dirname(process.execPath), process.env[pathName] ?? ""];
  return {
    ...process.env,
    [pathName]: programs.join(path.delimiter), // the kernelspecs name `node`, a notebook `python`
    JUPYTER_PATH: JUPYTER,
    JUPYTER_CONFIG_PATH: path.join(JUPYTER, "config"),
    JUPYTER_CONFIG_DIR: path.join(state, "config"),
    JUPYTER_DATA_DIR: path.join(state, "data"),
    JUPYTER_RUNTIME_DIR: runtimeDir(scratch),
    IPYTHONDIR: path.join(state, "ipython"),
    DENO_DIR: path.join(state, "deno"),
    DENO_NO_UPDATE_CHECK: "1",
    WANDB_BASE_URL: url,
    WANDB_API_KEY: DEMO_KEY,
    WANDB_ERROR_REPORTING: "false",
    ...Object.fromEntries(
      ["DIR", "CACHE_DIR", "CONFIG_DIR", "DATA_DIR"].map((name) => [`WANDB_${name}`, scratch]),
    ),
  };
}

/** Where Jupyter keeps the connections of what runs now. */
export function runtimeDir(/** @type {string} */ scratch) {
  return path.join(scratch, "runtime");
}
