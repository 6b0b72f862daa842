// JupyterLab on the notebooks, in a process of its own that never outlives its starter.

import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { NOTEBOOKS, runtimeDir } from "./jupyter.mjs";
import { jupyterAddress } from "./jupyter-address.mjs";
import { extensionOptions, serverExtension } from "./lab-extension.mjs";
import { deferred, ROOT, Trouble } from "./run.mjs";

const PROGRAM = fileURLToPath(new URL("lab_server.py", import.meta.url));
const EXTENSION = path.join(ROOT, "packages/jupyterlab-ext");
const LAB = "jupyterlab.labapp:LabApp";
/** Kernels are asked to end, and are given some time to. */
const STOPS_WITHIN_MS = 15_000;

/**
 * How JupyterLab is started.
 *
 * @typedef {object} LabOptions
 * @property {string} python - an interpreter that has it
 * @property {NodeJS.ProcessEnv} env - as `jupyterEnv` gives it
 * @property {string} scratch - a folder that JupyterLab removes when its starter is gone
 * @property {boolean} [opensBrowser]
 * @property {string | undefined} [port]
 * @property {string} [folder] - what it shows. Default: the demo's notebooks
 * @property {readonly string[]} [trusted] - the notebooks there whose saved outputs are trusted. Default: all
 * @property {boolean} [hasExtension] - whether it has the checkout's extension, when that is built. Default: yes
 * @property {string} [app] - another application of Jupyter's, by its module and class. Default: JupyterLab
 * @property {readonly string[]} [args] - more for the command line
 */

/**
 * Starts JupyterLab on a free port of loopback.
 *
 * @param {LabOptions} options
 * @returns {{ ready: Promise<string>, ended: Promise<number>, stop: () => Promise<void> }} `ready` gives the address
 *   with the token once it answers there, or a Trouble
 * @throws Trouble when the extension's package.json can't be read
 */
export function startLabServer({ python, env, scratch, port, ...rest }) {
  const { opensBrowser = false, folder = NOTEBOOKS, hasExtension = true, app = LAB, args = [] } = rest;
  const { trusted = readdirSync(folder).filter((name) => name.endsWith(".ipynb")) } = rest;
  const options = [
    `--ServerApp.root_dir=${folder}`,
    "--ServerApp.ip=127.0.0.1",
    "--ServerApp.log_level=ERROR",
    ...(port === undefined ? [] : [`--ServerApp.port=${port}`, "--ServerApp.port_retries=0"]),
    ...(opensBrowser ? [] : ["--no-browser"]),
    ...(process.getuid?.() === 0 ? ["--allow-root"] : []), // as in a container
    ...(hasExtension ? [...extensionOptions(EXTENSION, scratch), ...serverExtension.options] : []),
    ...args,
  ];
  const child = spawn(python, [PROGRAM, scratch, app, ...trusted, "--", ...options], {
    cwd: folder,
    env: hasExtension ? serverExtension.env(EXTENSION, env) : env,
    detached: process.platform !== "win32", // Ctrl-C is for its starter: JupyterLab would ask whether it's meant
    stdio: ["pipe", "inherit", "pipe"],
  });
  const closed = deferred();
  let complaints = "";
  let isReady = false;
  const over = new AbortController();
  closed.promise.then(() => over.abort());
  child.stderr?.on("data", (bytes) => {
    if (isReady) process.stderr.write(bytes);
    else complaints += bytes;
  });
  child.once("error", (error) => {
    complaints += error.message;
    closed.resolve(127);
  });
  child.once("close", (code) => closed.resolve(code ?? 128));
  const ready = jupyterAddress(runtimeDir(scratch), child.pid, over.signal).then((address) => {
    if (address === undefined) throw new Trouble(`JupyterLab didn't start:\n${complaints.trimEnd()}`);
    isReady = true;
    return `${address.url}lab?token=${address.token}`;
  });
  return {
    ready,
    ended: closed.promise,
    stop: async () => {
      child.kill("SIGTERM");
      const impatient = setTimeout(() => child.kill("SIGKILL"), STOPS_WITHIN_MS);
      await closed.promise;
      clearTimeout(impatient);
    },
  };
}
