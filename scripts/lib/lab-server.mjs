// JupyterLab on the notebooks, in a process of its own that never outlives its starter.

import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { NOTEBOOKS, runtimeDir } from "./jupyter.mjs";
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
 *   `env` as `jupyterEnv` gives it
 * @returns {{ ready: Promise<string>, ended: Promise<number>, stop: () => Promise<void> }} `ready` gives the address
 *   with the token once it answers there, or a Trouble
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
    ...builtExtension(scratch),
  ];
  const child = spawn(python, [PROGRAM, ...notebooks, "--", ...options], {
    cwd: NOTEBOOKS,
    env,
    detached: process.platform !== "win32", // Ctrl-C is for its starter: JupyterLab would ask whether it's meant
    stdio: ["pipe", "inherit", "pipe"],
  });
  const closed = deferred();
  let complaints = "";
  let isReady = false;
  child.stderr?.on("data", (bytes) => {
    if (isReady) process.stderr.write(bytes);
    else complaints += bytes;
  });
  child.once("error", (error) => {
    complaints += error.message;
    closed.resolve(127);
  });
  child.once("close", (code) => closed.resolve(code ?? 128));
  const address = answering(path.join(runtimeDir(scratch), `jpserver-${child.pid}.json`));
  const ready = Promise.race([address, closed.promise.then(() => undefined)]).then((url) => {
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

/** How JupyterLab is told of our extension, once that is built. */
function builtExtension(/** @type {string} */ scratch) {
  const manifest = path.join(EXTENSION, "package.json");
  if (!existsSync(manifest)) return [];
  const { name, jupyterlab } = JSON.parse(readFileSync(manifest, "utf8"));
  const built = path.join(EXTENSION, jupyterlab?.outputDir ?? "labextension");
  if (!existsSync(path.join(built, "static"))) return [];
  const folder = path.join(scratch, "labextensions");
  const link = path.join(folder, name);
  mkdirSync(path.dirname(link), { recursive: true });
  symlinkSync(built, link, "junction");
  return [`--LabApp.extra_labextensions_path=${folder}`];
}

/** The address of a server that answers, undefined when it takes too long. */
async function answering(/** @type {string} */ file) {
  for (const until = Date.now() + STARTS_WITHIN_MS; Date.now() < until; ) {
    const text = await readFile(file, "utf8").catch(() => "");
    if (text.trimEnd().endsWith("}")) {
      const { url, token } = JSON.parse(text);
      const isUp = await fetch(`${url}api`).then(
        (response) => response.ok,
        () => false,
      );
      if (isUp) return `${url}lab?token=${token}`;
    }
    await new Promise((resolve) => setTimeout(resolve, LOOKS_EVERY_MS));
  }
  return undefined;
}
