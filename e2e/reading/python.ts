import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** A well-formed key; a local server without one of its own takes any. */
export const API_KEY = "e2e".padEnd(40, "0");

const HERE = fileURLToPath(new URL(".", import.meta.url));
const PYTHON =
  process.env.LAZYRUNS_PYTHON ?? fileURLToPath(new URL("../../.venv/bin/python", import.meta.url));

/**
 * Runs a script of this folder with the real client, which knows nothing but the server and a home of its own.
 *
 * @returns what it printed
 * @throws Error with what it complained of, when it fails
 */
export async function runPython(
  script: string,
  { baseUrl, args, input = "" }: { baseUrl: string; args: readonly string[]; input?: string },
): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), "lazyruns-python-"));
  const folders = Object.fromEntries(
    ["HOME", "WANDB_DIR", "WANDB_CACHE_DIR", "WANDB_CONFIG_DIR", "WANDB_DATA_DIR"].map((name) => [
      name,
      home,
    ]),
  );
  const child = spawn(PYTHON, [join(HERE, script), ...args], {
    cwd: home,
    env: {
      PATH: process.env.PATH,
      ...folders,
      WANDB_BASE_URL: baseUrl,
      WANDB_API_KEY: API_KEY,
      WANDB_ERROR_REPORTING: "false",
      WANDB_SILENT: "true",
    },
  });
  try {
    const output: string[] = [];
    const complaints: string[] = [];
    child.stdout.setEncoding("utf8").on("data", (text: string) => output.push(text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => complaints.push(text));
    child.stdin.end(input);
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once("error", (cause) => {
        reject(
          new Error(`${PYTHON} does not start: run \`npm test\`, which makes it, or set LAZYRUNS_PYTHON`, {
            cause,
          }),
        );
      });
      child.once("close", resolve);
    });
    if (code !== 0) throw new Error(`${script} ended with ${code}:\n${complaints.join("").slice(-4000)}`);
    return output.join("");
  } finally {
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  }
}
