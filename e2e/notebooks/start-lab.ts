import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished } from "vitest";
import { temporaryFolder } from "../support/server.ts";

const LAB = fileURLToPath(new URL("../../scripts/lab.mjs", import.meta.url));

/** Starts `npm run lab` with a home and a folder for temporary files of its own, as far as the line that says that all is up. */
export async function startLab(...args: string[]) {
  const home = temporaryFolder();
  const temporary = temporaryFolder();
  const child = spawn(process.execPath, [LAB, ...args], {
    env: { ...process.env, LAZYRUNS_PREPARED: "1", HOME: home, TMPDIR: temporary },
    stdio: ["ignore", "pipe", "pipe"],
  });
  onTestFinished(() => void child.kill("SIGTERM"));
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  // Its output ends with the last of the processes that could write to it: JupyterLab's and the server's too.
  const ended = new Promise<number | null>((resolve) => void child.once("close", resolve));
  const isUp = () => /until you press Ctrl-C/.test(output) || child.exitCode !== null;
  await expect.poll(isUp, { timeout: 60_000 }).toBe(true);
  const [lab = "", server = ""] = output.match(/http:\S+?(?=[\s.]*$|\. )/gm) ?? [];
  /** What of ours is left in the folder for temporary files: others leave theirs there too. */
  const left = () => readdirSync(temporary).filter((name) => name.startsWith("lazyruns-"));
  return { child, ended, home, left, lab, server, output: () => output };
}
