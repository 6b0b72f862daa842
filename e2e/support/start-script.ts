import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

/**
 * Starts a command's script as npm does once everything is installed and built; it is ended with the test.
 *
 * @param script - its name in `scripts`
 */
export function startScript(script: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const file = fileURLToPath(new URL(`../../scripts/${script}`, import.meta.url));
  const child = spawn(process.execPath, [file, ...args], {
    env: { ...process.env, LAZYRUNS_PREPARED: "1", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  onTestFinished(() => void child.kill("SIGTERM"));
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  // Its output ends with the last of the processes that could write to it: those that it started, too.
  const ended = new Promise<number | null>((resolve) => void child.once("close", resolve));
  return { child, ended, output: () => output };
}
