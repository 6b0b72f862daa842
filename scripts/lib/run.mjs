// Starting other programs: one way to run them, quiet or not, that says what failed.

import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

/** The checkout's folder. */
export const ROOT = fileURLToPath(new URL("../../", import.meta.url)).replace(/[\\/]$/, "");

/** A failure that a person can act on: printed as it is, without a stack. */
export class Trouble extends Error {}

/** The programs that are under way. @type {Set<import("node:child_process").ChildProcess>} */
const running = new Set();

/**
 * Runs a program to its end.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, quiet?: boolean, signal?: AbortSignal }} [options] -
 *   `quiet` collects the output instead of showing it; `signal` ends the program. `stdin` is never offered: nothing here asks a question.
 * @returns {Promise<{ code: number, output: string }>} 128 for a program that a signal ended, 127 for one that
 *   can't be started
 */
export function run(command, args, { cwd = ROOT, env = process.env, quiet = false, signal } = {}) {
  const { promise, resolve } = deferred();
  // npm and npx are .cmd files on Windows, which only its shell starts; that is given one line of text.
  const shell = process.platform === "win32" && /^np[mx]$/.test(command);
  const child = spawn(command, shell ? args.map(quoteForCmd) : args, {
    cwd,
    env,
    signal,
    stdio: ["ignore", quiet ? "pipe" : "inherit", quiet ? "pipe" : "inherit"],
    shell,
  });
  running.add(child);
  child.once("exit", () => running.delete(child));
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (bytes) => (output += bytes));
  child.once("error", (error) => resolve({ code: 127, output: `${output}${error.message}` }));
  child.once("close", (code) => resolve({ code: code ?? 128, output }));
  return promise;
}

/**
 * An argument as Windows' shell must have it: one that holds a space, or a sign that the shell would act on, in quotes.
 *
 * @param {string} argument
 */
export function quoteForCmd(argument) {
  return /^[\w\\/:.,@=+-]+$/.test(argument) ? argument : `"${argument.replaceAll('"', '""')}"`;
}

/**
 * Runs a program quietly; its output is shown only when it fails.
 *
 * @param {string} what - said in the message of a failure: "Installing the packages"
 * @param {string} command
 * @param {readonly string[]} args
 * @param {Parameters<typeof run>[2]} [options]
 * @returns {Promise<string>} what it printed
 */
export async function must(what, command, args, options) {
  const { code, output } = await run(command, args, { ...options, quiet: true });
  if (code !== 0) throw new Trouble(`${what} failed (${command} ended with ${code}):\n${output.trimEnd()}`);
  return output;
}

/** How often a script looks whether its parent is there: nothing tells it when that is gone. */
const LOOKS_EVERY_MS = 500;

/**
 * Ends this process, as SIGTERM would, and what it started, when its parent is gone: npm that is killed passes nothing
 * on to the script it runs, which would otherwise go on unseen.
 */
function endWithParent() {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    for (const child of running) child.kill("SIGTERM");
    process.kill(process.pid, "SIGTERM");
  }, LOOKS_EVERY_MS);
  timer.unref();
}

/**
 * Runs a script's main function: a `Trouble` is printed as it is, and nothing that fails ends with 0. The script ends
 * with its parent.
 *
 * @param {() => Promise<number | void>} main - gives the exit code
 */
export async function runMain(main) {
  endWithParent();
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    console.error(error instanceof Trouble ? `\n${error.message}` : error);
    process.exitCode = 1;
  }
}

/** `Promise.withResolvers`, which Node 20 lacks. */
export function deferred() {
  /** @type {(value: any) => void} */
  let resolve = () => undefined;
  const promise = new Promise((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
