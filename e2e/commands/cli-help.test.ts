import { cpSync } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { runCli, runShell, startCli } from "../support/cli.ts";
import { demoServer } from "../support/demo-server.ts";
import { temporaryFolder } from "../support/server.ts";

const demo = demoServer();
const COMMANDS = ["runs", "histories", "table", "export", "verify", "server", "doctor"];
const README = fileURLToPath(new URL("../../packages/cli/README.md", import.meta.url));

/** The lines of a help's examples. */
function examplesIn(help: string): string[] {
  const block = /^Examples:\n((?: {2}.*\n?)+)/m.exec(help)?.[1] ?? "";
  return block
    .trimEnd()
    .split("\n")
    .map((line) => line.trim());
}

/** Examples of checking a dataset need one, and a program that serves never ends by itself. */
const runsByItself = (line: string) => !/ server /.test(line);

describe("the help of every command", () => {
  test("is listed, fits a terminal, and tells the exit codes once", async () => {
    const { stdout } = await runCli(["--help"]);
    for (const command of COMMANDS) expect(stdout).toMatch(new RegExp(`^  ${command} `, "m"));
    for (const code of [0, 1, 2, 3, 4, 5, 130]) expect(stdout).toMatch(new RegExp(`^  ${code} `, "m"));
  });

  test.each(COMMANDS)("of %s has examples that run on the demo", async (command) => {
    const { code, stdout, stderr } = await runCli([command, "--help"]);
    expect([code, stderr]).toEqual([0, ""]);
    for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(120);
    const examples = examplesIn(stdout);
    expect(examples.length).toBeGreaterThan(1);
    const cwd = temporaryFolder();
    if (command === "verify")
      await runCli(["export", "local/digits", "--out", "digits"], { env: demo.env, cwd });
    for (const line of examples.filter(runsByItself)) {
      const here = line.replace("http://127.0.0.1:8080", demo.url);
      const ended = await runShell(here, demo.env, cwd);
      expect([line, ended.code, ended.stderr]).toEqual([line, 0, ""]);
      if (!/--out|> /.test(line)) expect(ended.stdout.trimEnd().split("\n").length).toBeGreaterThanOrEqual(1);
    }
  });

  test("of server has examples that start one", async () => {
    const { stdout } = await runCli(["server", "--help"]);
    const cwd = temporaryFolder();
    await mkdir(join(cwd, "wandb"));
    const runs = new URL("../../apps/demo-notebooks/training/runs", import.meta.url);
    cpSync(fileURLToPath(runs), join(cwd, "wandb"), { recursive: true });
    for (const line of examplesIn(stdout).filter((line) => line.startsWith("lazyruns server"))) {
      const args = line.split(" ").slice(1);
      const { child, ended, stdout, stderr } = startCli(
        args.includes("--port") ? args : [...args, "--port", "0"],
        { cwd },
      );
      await expect.poll(stdout, { timeout: 30_000 }).toMatch(/^Lazyruns server at http:/);
      if (line.includes("--import")) expect(stderr()).toMatch(/^Imported 24 runs/);
      child.kill("SIGINT");
      expect((await ended).code).toBe(0);
    }
  });
});

test("the README's commands, as they stand there, run on the demo", async () => {
  const readme = await readFile(README, "utf8");
  const lines = [...readme.matchAll(/^```sh\n([\s\S]*?)^```$/gm)]
    .flatMap(([, block = ""]) => block.trimEnd().split("\n"))
    .filter((line) => line.startsWith("lazyruns ") && runsByItself(line));
  expect(lines.length).toBeGreaterThan(8);
  const cwd = temporaryFolder();
  for (const line of lines) {
    const ended = await runShell(line, demo.env, cwd);
    expect([line, ended.code, ended.stderr]).toEqual([line, 0, ""]);
  }
});

test("the version is package.json's, and takes no connection", async () => {
  const manifest = await readFile(new URL("../../packages/cli/package.json", import.meta.url), "utf8");
  const { stdout, stderr, code } = await runCli(["--version"]);
  expect([code, stdout, stderr]).toEqual([0, `${JSON.parse(manifest).version}\n`, ""]);
});
