// JupyterLab on the notebooks, in a process of its own that never outlives its starter.

import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { NOTEBOOKS, runtimeDir } from "./jupyter.mjs";
import { extensionOptions, serverExtension } from "./lab-extension.mjs";
import { deferred, ROOT, Trouble } from "./run.mjs";

const PROGRAM = fileURLToPath(new URL("lab_server.py", import.meta.url));
const EXTENSION = path.join(ROOT, "packages/jupyterlab-ext");
const STARTS_WITHIN_MS = 60_000;
const LOOKS_EVERY_MS = 100;
/** Kernels are asked to end, and are given some time to. */
const STOPS_WITHIN_MS = 15_000;

/**
 * Starts JupyterLab on a free port of loopback.
 *
 * @param {{ python: string, env: NodeJS.ProcessEnv, scratch: string, opensBrowser: boolean, port?: string | undefined }} options -
 *   `env` as `jupyterEnv` gives it; `scratch` is a folder that JupyterLab removes when its starter is gone
 * @returns {{ ready: Promise<string>, ended: Promise<number>, stop: () => Promise<void> }} `ready` gives the address
 *   with the token once it answers there, or a Trouble
 * @throws Trouble when the extension's package.json can't be read
 */
export function startLabServer({ python, env, scratch, opensBrowser, port }) {
  const notebooks = readdirSync(NOTEBOOKS).filter((name) => name.endsWith(".ipynb"));
  const options = [
    `--ServerApp.root_dir=${NOTEBOOKS}`,
    "--ServerApp.ip=127.0.0.1",
    "--ServerApp.log_level=ERROR",
    ...(port === undefined ? [] : [`--ServerApp.port=${port}`, "--ServerApp.port_retries=0"]),
    ...(opensBrowser ? [] : ["--no-browser"]),
    ...(process.getuid?.() === 0 ? ["--allow-root"] : []), // as in a container
    ...extensionOptions(EXTENSION, scratch),
    ...serverExtension.options,
  ];
  const child = spawn(python, [PROGRAM, scratch, ...notebooks, "--", ...options], {
    cwd: NOTEBOOKS,
    env: serverExtension.env(EXTENSION, env),
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
  const address = answering(path.join(runtimeDir(scratch), `jpserver-${child.pid}.json`), over.signal);
  const ready = address.then((url) => {
    if (url === undefined) throw new Trouble(`JupyterLab didn't start:\n${complaints.trimEnd()}`);
    isReady = true;
    return url;
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

/** The address of a server that answers, undefined when it takes too long or is over. */
async function answering(/** @type {string} */ file, /** @type {AbortSignal} */ over) {
  for (const until = Date.now() + STARTS_WITHIN_MS; Date.now() < until && !over.aborted; ) {
    const text = await readFile(file, "utf8").catch(() => "");
    if (text.trimEnd().endsWith("}")) {
      const { url, token } = JSON.parse(text);
      const isUp = await fetch(`${url}api`, { signal: over }).then(
        (response) => response.ok,
        () => false,
      );
      if (isUp) return `${url}lab?token=${token}`;
    }
    await sleep(LOOKS_EVERY_MS, undefined, { signal: over }).catch(() => undefined);
  }
  return undefined;
}
