// The benchmark's processes: one server, and a fresh client for every measurement.

import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { EXPORTS_FOLDER } from "../server/export-file.mjs";
import { API_KEY } from "./work.mjs";

/**
 * @import { ChildProcess } from "node:child_process"
 * @import { Measured, Task } from "./work.mjs"
 */

/** The clients' scripts. */
const SCRIPTS = {
  ours: "ours.mjs",
  reference: "reference.py",
  raw: "raw.mjs",
  frames: "frames.mjs",
  "reference-frames": "reference_frames.py",
  scans: "scans.mjs",
  "reference-scans": "reference_scans.py",
  export: "export.mjs",
};

/** @typedef {keyof typeof SCRIPTS} Client */

/** Whether it is the real Python client. @param {Client} client */
export const isReference = (client) => SCRIPTS[client].endsWith(".py");

const file = (/** @type {string} */ path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
/** The interpreter that has the real client; `npm run bench` and `npm test` name it. */
export const PYTHON = process.env.LAZYRUNS_PYTHON ?? file("../.venv/bin/python");

const END_WITH_PARENT = new URL("../../scripts/lib/end-with-parent.mjs", import.meta.url).href;
const STARTS_WITHIN_MS = 30_000;

/**
 * @typedef {object} BenchServer
 * @property {string} url
 * @property {() => Promise<void>} stop
 */

/** @returns {Promise<BenchServer>} */
export async function startServer() {
  const script = [file("server/main.mjs"), "--exports", EXPORTS_FOLDER];
  const child = spawn(process.execPath, ["--import", END_WITH_PARENT, ...script], {
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  const ended = new Promise((resolve) => child.once("close", resolve));
  const stop = async () => {
    child.kill("SIGTERM");
    const impatient = setTimeout(() => child.kill("SIGKILL"), 5_000);
    await ended;
    clearTimeout(impatient);
  };
  const output = collect(child);
  const tooLate = setTimeout(() => child.kill("SIGKILL"), STARTS_WITHIN_MS);
  const url = await new Promise((resolve, reject) => {
    child.stdout?.on("data", () => {
      const found = /^Benchmark server at (\S+)$/m.exec(output.stdout)?.[1];
      if (found !== undefined) resolve(found);
    });
    ended.then(() => reject(new Error(`The benchmark's server did not start:\n${output.stderr.trim()}`)));
  }).finally(() => clearTimeout(tooLate));
  return { url, stop };
}

/**
 * Measures once, in a fresh process with a home of its own.
 *
 * @param {Client} client
 * @param {Task} task
 * @param {{ python: string, timeoutMs?: number, signal?: AbortSignal }} options
 * @returns {Promise<Measured>}
 * @throws Error with what the client complained of
 */
export async function measureOnce(client, task, { python, timeoutMs = 600_000, signal }) {
  const home = await mkdtemp(join(tmpdir(), "lazyruns-bench-"));
  const command = isReference(client) ? python : process.execPath;
  const script = file(`clients/${SCRIPTS[client]}`);
  const folders = ["HOME", "WANDB_DIR", "WANDB_CACHE_DIR", "WANDB_CONFIG_DIR", "WANDB_DATA_DIR"];
  const child = spawn(command, [script, JSON.stringify(task)], {
    cwd: home,
    stdio: ["ignore", "pipe", "pipe"],
    ...(signal && { signal }),
    timeout: timeoutMs,
    killSignal: "SIGKILL",
    // Nothing of the user's own settings, and no proxy: the server is on this machine.
    env: {
      PATH: process.env.PATH,
      SYSTEMROOT: process.env.SYSTEMROOT,
      ...Object.fromEntries(folders.map((name) => [name, home])),
      LAZYRUNS_CACHE_DIR: join(home, "lazyruns-cache"),
      WANDB_BASE_URL: task.url,
      WANDB_API_KEY: API_KEY,
      WANDB_ERROR_REPORTING: "false",
      WANDB_SILENT: "true",
    },
  });
  const output = collect(child);
  try {
    const code = await new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("close", resolve);
    });
    if (code !== 0)
      throw new Error(complaint(output.stderr) || `ended with ${code ?? "a signal: out of time"}`);
    return JSON.parse(output.stdout.trim().split("\n").at(-1) ?? "");
  } finally {
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** @param {ChildProcess} child */
function collect(child) {
  const output = { stdout: "", stderr: "" };
  child.stdout?.setEncoding("utf8").on("data", (text) => {
    output.stdout += text;
  });
  child.stderr?.setEncoding("utf8").on("data", (text) => {
    output.stderr += text;
  });
  return output;
}

/** The line of a stack trace that says what is wrong, without this machine's paths. @param {string} stderr */
function complaint(stderr) {
  const lines = stderr
    .replaceAll(file(".."), "")
    .split("\n")
    .map((line) => line.trim());
  return (
    lines.findLast((line) => /^[\w.[\] ]*(Error|Exception)\b.*:/.test(line)) ??
    lines.filter(Boolean).at(-1) ??
    ""
  );
}
