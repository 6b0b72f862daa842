import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";

const WAITING = fileURLToPath(new URL("waiting.mjs", import.meta.url));
/** Runs a script as npm does, and is killed as npm may be. */
const PARENT = `require("node:child_process").spawn(process.execPath, [${JSON.stringify(WAITING)}], { stdio: "inherit" })`;

test("a command whose parent is killed ends, and what it started ends with it", async () => {
  const parent = spawn(process.execPath, ["-e", PARENT], { stdio: ["ignore", "pipe", "inherit"] });
  // The output ends with the last of the processes that could write to it.
  let isOpen = true;
  const ended = once(parent.stdout, "close").then(() => {
    isOpen = false;
  });
  let output = "";
  parent.stdout.on("data", (bytes: Buffer) => {
    output += bytes;
  });
  const pids = () => output.trim().split("\n").filter(Boolean).map(Number);
  onTestFinished(() => {
    if (isOpen) for (const pid of pids()) process.kill(pid, "SIGKILL");
  });
  await expect.poll(() => pids().length, { timeout: 10_000 }).toBe(2);
  parent.kill("SIGKILL");
  await ended;
}, 20_000);
