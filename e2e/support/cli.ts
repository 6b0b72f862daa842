import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { temporaryFolder } from "./server.ts";

/** The command's file, as package managers link it. */
export const LAZYRUNS = fileURLToPath(new URL("../../packages/cli/bin/lazyruns.mjs", import.meta.url));

/** How the command line is called. */
export interface CliOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** How a command ended, and what it said. */
export interface Ended {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly bytes: Buffer;
  readonly stderr: string;
}

/** The environment of a command that knows nothing of this machine's user. */
export function cliEnv(env: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const home = temporaryFolder();
  return { PATH: process.env.PATH, HOME: home, WANDB_CONFIG_DIR: home, LAZYRUNS_CACHE_DIR: home, ...env };
}

/** Starts `lazyruns`; it is killed with the test. */
export function startCli(args: readonly string[], { env, cwd = temporaryFolder() }: CliOptions = {}) {
  const child = spawn(process.execPath, [LAZYRUNS, ...args], {
    cwd,
    env: cliEnv(env),
    stdio: ["ignore", "pipe", "pipe"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const [stdout, stderr]: Buffer[][] = [[], []];
  child.stdout.on("data", (bytes: Buffer) => stdout?.push(bytes));
  child.stderr.on("data", (bytes: Buffer) => stderr?.push(bytes));
  const said = () => Buffer.concat(stderr ?? []).toString();
  const ended = new Promise<Ended>((resolve) => {
    child.once("close", (code) => {
      const bytes = Buffer.concat(stdout ?? []);
      resolve({ code, bytes, stdout: bytes.toString(), stderr: said() });
    });
  });
  return { child, ended, stderr: said, stdout: () => Buffer.concat(stdout ?? []).toString() };
}

/** Runs `lazyruns` to its end. */
export function runCli(args: readonly string[], options?: CliOptions): Promise<Ended> {
  return startCli(args, options).ended;
}

/** Runs a line of the shell in which `lazyruns` is the command. */
export function runShell(
  line: string,
  env: Readonly<Record<string, string>>,
  cwd = temporaryFolder(),
): Promise<Ended> {
  const script = `lazyruns() { '${process.execPath}' '${LAZYRUNS}' "$@"; }\n${line}`;
  const child = spawn("bash", ["-o", "pipefail", "-c", script], { cwd, env: cliEnv(env) });
  onTestFinished(() => void child.kill("SIGKILL"));
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  return new Promise((resolve) =>
    child.once("close", (code) => resolve({ code, stdout, bytes: Buffer.from(stdout), stderr })),
  );
}
