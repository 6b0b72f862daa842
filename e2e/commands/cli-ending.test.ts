import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { startServer } from "@lazyruns/local-server";
import { describe, expect, onTestFinished, test } from "vitest";
import { runCli, runShell, startCli } from "../support/cli.ts";
import { demoServer } from "../support/demo-server.ts";
import { API_KEY } from "../support/python.ts";
import { temporaryFolder, testServer } from "../support/server.ts";

const demo = demoServer();
const KEY = "secretsecretsecretsecretsecretsecretsecret";

describe("a reader that stops reading is no failure", () => {
  test.each([
    ["lazyruns histories local/digits --format jsonl | head -3", 3],
    ["lazyruns histories local/digits --format csv | head -2", 2],
    ["lazyruns histories local/digits --all --format json | head -4", 4],
    ["lazyruns runs local/digits | head -2", 2],
    ["lazyruns --help | head -1", 1],
  ])("%s", async (line, lines) => {
    const { code, stdout, stderr } = await runShell(line, demo.env);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout.trimEnd().split("\n")).toHaveLength(lines);
  });

  test("and ends the command, however much there is to come", async () => {
    const { code, stderr } = await runShell(
      "lazyruns histories local/digits --all --format jsonl | (sleep 0; exec 0<&-; true)",
      demo.env,
    );
    expect([code, stderr]).toEqual([0, ""]);
  });
});

describe("exit codes", () => {
  const cases: [name: string, args: string[], code: number, said: RegExp][] = [
    ["the version", ["--version"], 0, /^$/],
    ["help", ["runs", "--help"], 0, /^$/],
    ["no command", [], 2, /^Usage: lazyruns/],
    [
      "an unknown command",
      ["rnus"],
      2,
      /unknown command 'rnus'\n\(Did you mean runs\?\)\nSee lazyruns --help\./,
    ],
    [
      "an unknown option",
      ["runs", "a/b", "--fitler", "x"],
      2,
      /unknown option '--fitler'\n\(Did you mean --filter\?\)\nSee lazyruns runs --help\./,
    ],
    ["a missing argument", ["runs"], 2, /missing required argument 'project'/],
    ["too many arguments", ["runs", "a/b", "c"], 2, /too many arguments/],
    ["a bad number", ["runs", "a/b", "--limit", "ten"], 2, /whole number of at least 0/],
    [
      "a bad form",
      ["runs", "a/b", "--format", "xml"],
      2,
      /Allowed choices are table, json, jsonl, csv, parquet/,
    ],
    ["a bad path", ["runs", "digits"], 2, /it must be "entity\/project"/],
    ["a bad field", ["runs", "a/b", "--fields", "nmae"], 2, /There is no field "nmae"; there are: id, name/],
    [
      "a bad filter",
      ["runs", "a/b", "--filter", "state"],
      2,
      /--filter "state" can't be read. Write "FIELD OP VALUE"/,
    ],
    ["an unknown field", ["runs", "a/b", "--filter", "lr=1"], 2, /A hyper-parameter is "config.lr"/],
    [
      "an unknown operator",
      ["runs", "a/b", "--filter", '{"state":{"$foo":1}}'],
      2,
      /\$foo; allowed there: \$eq/,
    ],
    ["a bad order", ["runs", "a/b", "--order", "lr"], 2, /--order "lr": it must be one of run_id, name/],
    ["a bad column", ["histories", "a/b", "--columns", "lr"], 2, /--columns: "lr"; it must be "config\."/],
    [
      "steps without --all",
      ["histories", "a/b", "--min-step", "1"],
      2,
      /--min-step can't be given here. It goes with --all/,
    ],
    [
      "samples with --all",
      ["histories", "a/b", "--all", "--samples", "1"],
      2,
      /--samples can't be given here/,
    ],
    ["a missing folder", ["runs", "a/b", "--out", "no/x.json"], 2, /there is no folder .*no\. Make it first/],
    ["a folder as file", ["runs", "a/b", "--out", "."], 2, /--out \. is a folder/],
    ["an unknown project", ["runs", "local/nope"], 4, /There is no project local\/nope/],
    [
      "an unknown run",
      ["histories", "local/digits/nope", "--format", "json"],
      4,
      /There is no run nope in local\/digits/,
    ],
    ["an export that isn't there", ["verify", "nowhere"], 2, /nowhere holds no dataset/],
    [
      "an export without a folder",
      ["export", "local/digits"],
      2,
      /required option '-o, --out <folder>' not specified/,
    ],
  ];

  test.each(cases)("%s", async (_, args, code, said) => {
    const ended = await runCli(args, { env: demo.env });
    expect([ended.stderr, ended.code]).toEqual([expect.stringMatching(said), code]);
    expect(ended.stderr).not.toMatch(/^ +at /m);
    if (code !== 0 && code !== 4) expect(ended.stdout).toBe("");
  });

  test("no request is sent for what is refused", async () => {
    let requests = 0;
    const { server } = await testServer({ onRequest: () => requests++ });
    const env = { WANDB_BASE_URL: server.url, WANDB_API_KEY: API_KEY };
    for (const args of [
      ["runs", "a/b", "--filter", "lr=1"],
      ["runs", "a/b", "--order", "lr"],
      ["table", "a/b", "--out", "."],
      ["histories", "a/b", "--columns", "lr", "--all"],
    ]) {
      expect((await runCli(args, { env })).code).toBe(2);
    }
    expect(requests).toBe(0);
  });

  test("what is written wrongly is told before a key is looked for", async () => {
    for (const args of [
      ["runs", "a/b/c/d"],
      ["runs", "a/b", "--filter", "foo"],
      ["table", "a/b", "--order", "bogus"],
      ["histories", "a/b", "--columns", "lr", "--all"],
      ["histories", "a/b", "--columns", "lr"],
      ["export", "a/b", "--out", "x", "--filter", "lr=1"],
      ["runs", "a/b", "--out", "x.xlsx"],
      ["export", "a/b", "--out", ""],
    ]) {
      const { code, stderr } = await runCli(args);
      expect([args, code, stderr]).toEqual([args, 2, expect.not.stringContaining("API key")]);
    }
  });

  test("a server for others without a key", async () => {
    const { code, stderr } = await runCli(["server", "--data", "d", "--host", "0.0.0.0", "--port", "0"]);
    expect([code, stderr]).toEqual([
      2,
      "lazyruns: Others can reach 0.0.0.0: give LAZYRUNS_SERVER_KEY a key that clients must have.\n",
    ]);
  });

  test("no key, a key that can't be one, and one that the server doesn't take", async () => {
    const none = await runCli(["runs", "local/digits"], { env: { WANDB_BASE_URL: demo.url } });
    expect([none.code, none.stderr]).toEqual([
      3,
      expect.stringMatching(
        /^lazyruns: No API key for .*Looked in: WANDB_API_KEY, .*netrc.*Set WANDB_API_KEY or run `wandb login`\.\n$/,
      ),
    ]);
    const odd = await runCli(["runs", "local/digits"], {
      env: { ...demo.env, WANDB_API_KEY: "too-short-secret" },
    });
    expect([odd.code, odd.stderr]).toEqual([
      3,
      expect.stringContaining("The API key from WANDB_API_KEY has another form"),
    ]);
    expect(odd.stderr).not.toContain("too-short-secret");
    const { server } = await testServer({ key: API_KEY });
    const wrong = { WANDB_BASE_URL: server.url, WANDB_API_KEY: KEY, LAZYRUNS_DEBUG: "1" };
    for (const args of [["runs", "local/digits"], ["export", "local/digits", "--out", "x"], ["doctor"]]) {
      const { code, stdout, stderr } = await runCli(args, { env: wrong });
      expect(code).toBe(args[0] === "doctor" ? 1 : 3);
      expect(stdout + stderr).not.toContain(KEY);
      expect(stdout + stderr).toMatch(/key/);
    }
  });

  test("a server that isn't there", async () => {
    const args = ["runs", "local/digits", "--base-url", "http://127.0.0.1:9"];
    const { code, stderr } = await runCli(args, { env: demo.env });
    expect([code, stderr]).toEqual([
      5,
      expect.stringMatching(/^lazyruns: http:\/\/127\.0\.0\.1:9 can't be reached/),
    ]);
    const bad = await runCli(["runs", "local/digits", "--base-url", "localhost:1"], { env: demo.env });
    expect([bad.code, bad.stderr]).toEqual([2, expect.stringContaining("from --base-url")]);
  });

  test.skipIf(!existsSync("/dev/full"))("a disk that is full", async () => {
    const { code, stderr } = await runShell("lazyruns runs local/digits > /dev/full", demo.env);
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/^lazyruns: The output can't be written: ENOSPC/),
    ]);
    const help = await runShell("lazyruns runs --help > /dev/full", demo.env);
    expect([help.code, help.stderr]).toEqual([1, expect.stringContaining("can't be written: ENOSPC")]);
    const file = await runCli(["runs", "local/digits", "--out", "/dev/full"], { env: demo.env });
    expect([file.code, file.stderr]).toEqual([1, expect.stringContaining("the disk is full")]);
  });

  test("LAZYRUNS_DEBUG shows where it happened", async () => {
    const { stderr } = await runCli(["runs", "local/nope"], { env: { ...demo.env, LAZYRUNS_DEBUG: "1" } });
    expect(stderr).toMatch(/^lazyruns: There is no project.*\nNotFoundError: .*\n +at /);
  });
});

/** A server that answers nothing once it is asked, and a promise of that moment. */
async function hangingServer() {
  let asked: () => void = () => undefined;
  const isAsked = new Promise<void>((resolve) => {
    asked = resolve;
  });
  const server = await startServer({
    dataDir: temporaryFolder(),
    intercept: () => {
      asked();
      return new Promise((_, reject) => onTestFinished(() => reject(new Error("over"))));
    },
  });
  onTestFinished(() => server.close());
  return { env: { WANDB_BASE_URL: server.url, WANDB_API_KEY: API_KEY }, isAsked };
}

describe("an interrupted command", () => {
  test.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)("by %s ends at once with %i, and leaves no file", async (signal, code) => {
    const { env, isAsked } = await hangingServer();
    const cwd = temporaryFolder();
    const { child, ended } = startCli(["histories", "a/b", "--out", "rows.json"], { env, cwd });
    await isAsked;
    expect(readdirSync(cwd)).toEqual([expect.stringMatching(/^\.lazyruns-.*\.tmp$/)]);
    const started = performance.now();
    child.kill(signal);
    const end = await ended;
    expect([end.code, end.stdout, end.stderr]).toEqual([code, "", ""]);
    expect(performance.now() - started).toBeLessThan(2500);
    expect(readdirSync(cwd)).toEqual([]);
  });

  test("export says how to go on, and does", async () => {
    let count = 0;
    let hold = true;
    const held: (() => void)[] = [];
    let reached: () => void = () => undefined;
    const isReached = new Promise<void>((resolve) => {
      reached = resolve;
    });
    const { server } = await testServer({
      imports: [join(import.meta.dirname, "../../apps/demo-notebooks/training/runs")],
      intercept: async () => {
        if (!hold || ++count < 4) return undefined;
        reached();
        await new Promise<void>((resolve) => held.push(resolve));
        return undefined;
      },
    });
    onTestFinished(() => held.forEach((go) => void go()));
    const env = { WANDB_BASE_URL: server.url, WANDB_API_KEY: API_KEY };
    const cwd = temporaryFolder();
    const { child, ended } = startCli(["export", "local/digits", "--out", "digits"], { env, cwd });
    await isReached;
    child.kill("SIGINT");
    const { code, stderr } = await ended;
    expect([code, stderr]).toEqual([
      130,
      "Interrupted. The same command goes on: at most what came in the last few seconds is fetched again.\n",
    ]);
    expect(existsSync(join(cwd, "digits/manifest.json"))).toBe(false);
    hold = false;
    for (const go of held) go();
    const again = await runCli(["export", "local/digits", "--out", "digits", "--verify", "--json"], {
      env,
      cwd,
    });
    expect([again.code, again.stderr]).toEqual([0, ""]);
    expect(JSON.parse(again.stdout)).toMatchObject({ runs: 24, verified: { ok: true } });
  });
});

test("the local server runs until it is interrupted, and offers Parquet files when asked to", async () => {
  const cwd = temporaryFolder();
  const { child, ended, stdout } = startCli(["server", "--data", "data", "--port", "0", "--parquet"], {
    cwd,
  });
  await expect.poll(stdout).toMatch(/^Lazyruns server at (\S+)\n[\s\S]*The API key: this one/);
  const url = /at (\S+)/.exec(stdout())?.[1] as string;
  const viewer = await runCli(["doctor", "--json"], { env: { WANDB_BASE_URL: url, WANDB_API_KEY: API_KEY } });
  expect(JSON.parse(viewer.stdout).checks).toContainEqual({
    name: "key accepted",
    level: "ok",
    message: "as local",
  });
  const taken = await runCli(["server", "--data", "other", "--port", new URL(url).port], { cwd });
  expect([taken.code, taken.stderr]).toEqual([
    2,
    expect.stringMatching(/^lazyruns: Port \d+ of 127\.0\.0\.1 is taken/),
  ]);
  child.kill("SIGINT");
  expect(await ended).toMatchObject({ code: 0, stderr: "" });
  await expect(fetch(url)).rejects.toThrow();
});
