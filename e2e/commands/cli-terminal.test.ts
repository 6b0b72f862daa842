import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify, stripVTControlCharacters } from "node:util";
import { describe, expect, test } from "vitest";
import { cliEnv, LAZYRUNS, runCli } from "../support/cli.ts";
import { demoServer } from "../support/demo-server.ts";
import { post } from "../support/post.ts";
import { API_KEY, PYTHON } from "../support/python.ts";
import { testServer } from "../support/server.ts";

const demo = demoServer();
const IN_TERMINAL = fileURLToPath(new URL("../support/in_terminal.py", import.meta.url));
const ESC = "\u001b";

/** Runs `lazyruns` in a pseudo-terminal of so many columns. */
async function inTerminal(
  columns: number,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
) {
  const command = [IN_TERMINAL, String(columns), process.execPath, LAZYRUNS, ...args];
  const { stdout } = await promisify(execFile)(PYTHON, command, {
    env: cliEnv({ TERM: "xterm", ...demo.env, ...env }),
  });
  return JSON.parse(stdout) as { output: string; code: number };
}

/** What stays on the screen: progress is drawn over. */
const onScreen = (output: string) =>
  stripVTControlCharacters(output.replaceAll(new RegExp(`[^\\n]*\\r${ESC}\\[K`, "g"), ""))
    .trimEnd()
    .split("\n");

describe("on a terminal", () => {
  test("no line is wider than it, titles are bold, and progress is drawn and taken away", async () => {
    const { output, code } = await inTerminal(60, ["runs", "local/digits"]);
    expect(code).toBe(0);
    expect(output).toContain(`\r${ESC}[Klisting runs: 24\r${ESC}[K`);
    expect(output).toMatch(new RegExp(`${ESC}\\[1mrun_id .*${ESC}\\[22m\n`));
    const lines = onScreen(output);
    expect(lines.at(-1)).toMatch(/^Left out, for the terminal is too narrow: .*tags/);
    expect(lines.slice(0, -1)).toHaveLength(25);
    for (const line of lines.slice(0, -1)) expect(line.length).toBeLessThanOrEqual(60);
    const wide = await inTerminal(200, ["runs", "local/digits", "--no-progress"]);
    expect(wide.output).not.toContain("\r");
    expect(onScreen(wide.output)).toHaveLength(25);
  });

  test.each([
    [{ NO_COLOR: "1" }, false],
    [{ TERM: "dumb" }, false],
    [{}, true],
  ])("with %j colour: %s", async (env, isColored) => {
    const { output } = await inTerminal(100, ["runs", "local/digits", "--limit", "1", "--no-progress"], env);
    expect(output.includes(`${ESC}[1m`)).toBe(isColored);
  });

  test("a Parquet file is refused", async () => {
    const { output, code } = await inTerminal(100, ["table", "local/digits", "--format", "parquet"]);
    expect([code, output]).toEqual([
      2,
      expect.stringMatching(/nothing to look at on a terminal. Give --out/),
    ]);
  });
});

describe("elsewhere", () => {
  test("there is neither colour nor progress, and nothing is cut", async () => {
    const { stdout, stderr } = await runCli(["runs", "local/digits"], {
      env: { ...demo.env, COLUMNS: "40" },
    });
    expect(stderr).toBe("");
    for (const sign of [ESC, "\r", "…"]) expect(stdout).not.toContain(sign);
    const lines = stdout.trimEnd().split("\n");
    expect(lines).toHaveLength(25);
    const state = lines[0]?.indexOf("state") as number;
    for (const line of lines.slice(1))
      expect(line.slice(state)).toMatch(/^(finished|failed|crashed|killed|running) /);
  });

  test("progress and colour come when they are asked for", async () => {
    const args = ["histories", "local/digits", "--keys", "train/loss", "--progress"];
    const { stdout, stderr } = await runCli(args, { env: { ...demo.env, FORCE_COLOR: "1" } });
    expect(stderr).toMatch(/^reading histories: \d+ of 24 runs\n/);
    expect(stdout).toMatch(new RegExp(`^${ESC}\\[1mrun_id`));
  });
});

describe("names are whatever somebody wrote", () => {
  const EVIL = `${ESC}[2J${ESC}]0;owned\u0007\u009b31m\u202etxt.exe\n=cmd|' /C calc'!A0`;

  async function hostile() {
    const { server } = await testServer();
    const query = `mutation M($name: String, $displayName: String, $config: JSONString) {
      upsertBucket(input: { entityName: "local", modelName: "evil", name: $name, displayName: $displayName, config: $config }) { bucket { id } }
    }`;
    const config = JSON.stringify({ [EVIL]: { value: EVIL } });
    await post(`${server.url}/graphql`, { query, variables: { name: "evil-1", displayName: EVIL, config } });
    return { WANDB_BASE_URL: server.url, WANDB_API_KEY: API_KEY };
  }

  test("a terminal gets nothing of them that it would act on", async () => {
    const env = await hostile();
    for (const args of [
      ["table", "local/evil"],
      ["runs", "local/evil", "--format", "csv"],
      ["table", "local/evil", "--format", "json"],
    ]) {
      const { output, code } = await inTerminal(400, [...args, "--no-progress"], { ...env, NO_COLOR: "1" });
      expect(code).toBe(0);
      expect(output).toContain("txt.exe");
      expect(output.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\u202e]/u);
    }
  });

  test("files get them as they are, JSON escaped, and spreadsheets no formula when asked so", async () => {
    const env = await hostile();
    const json = await runCli(["table", "local/evil", "--format", "json"], { env });
    expect(json.stdout).toMatch(/^[\x20-\x7e\n]+$/);
    expect(JSON.parse(json.stdout)).toEqual([
      { run_id: "evil-1", name: EVIL, state: expect.anything(), [`config.${EVIL}`]: EVIL },
    ]);
    const csv = await runCli(["runs", "local/evil", "--fields", "name", "--format", "csv"], { env });
    expect(csv.stdout).toBe(`run_id,name\nevil-1,"${EVIL}"\n`);
    const query =
      'mutation M { upsertBucket(input: { entityName: "local", modelName: "evil", name: "f", displayName: "=1+1" }) { bucket { id } } }';
    await post(`${env.WANDB_BASE_URL}/graphql`, { query, variables: {} });
    const args = ["runs", "local/evil", "--fields", "name", "--format", "csv", "--filter", "run_id=f"];
    expect((await runCli(args, { env })).stdout).toBe("run_id,name\nf,=1+1\n");
    expect((await runCli([...args, "--escape-formulas"], { env })).stdout).toBe("run_id,name\nf,'=1+1\n");
  });

  test("errors that repeat them are safe, too", async () => {
    const { stderr } = await runCli(["runs", `local/${EVIL.replaceAll("/", "")}`], { env: demo.env });
    expect(stderr.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\u202e]/u);
  });
});
