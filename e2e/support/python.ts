import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** A well-formed key; a local server without one of its own takes any. */
export const API_KEY = "e2e".padEnd(40, "0");

/** The interpreter that has the packages of the tests. */
export const PYTHON =
  process.env.LAZYRUNS_PYTHON ?? fileURLToPath(new URL("../../.venv/bin/python", import.meta.url));

/** How a Python program is run. */
export interface PythonOptions {
  /** The server it logs to or reads from. */
  readonly baseUrl: string;
  readonly args?: readonly string[];
  /** What it reads from its standard input. */
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Its home and working folder. Default: one of its own, gone when it has ended. */
  readonly home?: string;
}

/** A Python program that is under way. */
export interface RunningPython {
  readonly child: ChildProcess;
  /** What it has printed so far. */
  output(): string;
  /** Its exit code, null when it was killed; never rejects. */
  readonly ended: Promise<number | null>;
  /** What it complained of. */
  complaints(): string;
}

/** Starts a program with the real `wandb` client, which knows nothing but the server and a home of its own. */
export function startPython(script: URL, options: PythonOptions): RunningPython {
  const home = options.home ?? mkdtempSync(join(tmpdir(), "lazyruns-python-"));
  const folders = ["HOME", "WANDB_DIR", "WANDB_CACHE_DIR", "WANDB_CONFIG_DIR", "WANDB_DATA_DIR"];
  const child = spawn(PYTHON, [fileURLToPath(script), ...(options.args ?? [])], {
    cwd: home,
    env: {
      PATH: process.env.PATH,
      ...Object.fromEntries(folders.map((name) => [name, home])),
      WANDB_BASE_URL: options.baseUrl,
      WANDB_API_KEY: API_KEY,
      WANDB_ERROR_REPORTING: "false",
      WANDB_SILENT: "true",
      ...options.env,
    },
  });
  let output = "";
  let complaints = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    complaints += text;
  });
  child.stdin.on("error", () => undefined); // it may end before it has read all
  child.stdin.end(options.input ?? "");
  const ended = new Promise<number | null>((resolve) => {
    child.once("error", (error) => {
      complaints += `${PYTHON} doesn't start (${error.message}): run \`npm test\`, which makes it, or set LAZYRUNS_PYTHON`;
      resolve(null);
    });
    child.once("close", resolve);
  }).finally(() => {
    if (options.home === undefined) rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  });
  return { child, output: () => output, complaints: () => complaints, ended };
}

/**
 * Runs a program to its end and gives what it printed.
 *
 * @throws Error with what it complained of, when it fails
 */
export async function runPython(script: URL, options: PythonOptions): Promise<string> {
  const program = startPython(script, options);
  const code = await program.ended;
  if (code !== 0)
    throw new Error(`${script.pathname} ended with ${code}:\n${program.complaints().slice(-4000)}`);
  return program.output();
}
