import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { describe, expect, test } from "vitest";
import { runCli } from "../support/cli.ts";
import { demoServer } from "../support/demo-server.ts";
import { API_KEY } from "../support/python.ts";
import { temporaryFolder, testServer } from "../support/server.ts";

const demo = demoServer();

interface Check {
  readonly name: string;
  readonly level: string;
  readonly message: string;
  readonly advice?: string;
}

/** What the doctor says. */
async function doctor(env: Readonly<Record<string, string>>, ...args: string[]) {
  const { code, stdout, stderr } = await runCli(["doctor", "--json", ...args], { env });
  expect(stderr).toBe("");
  const { ok, checks } = JSON.parse(stdout) as { ok: boolean; checks: Check[] };
  expect(code).toBe(ok ? 0 : 1);
  return { ok, said: stdout, checks, check: (name: string) => checks.find((check) => check.name === name) };
}

describe("the doctor", () => {
  test("finds all well, says where the key is, and never the key", async () => {
    const { ok, check, said } = await doctor(demo.env);
    expect(ok).toBe(true);
    expect(check("Node")).toEqual({ name: "Node", level: "ok", message: process.versions.node });
    expect(check("packages")?.message).toMatch(
      /^@lazyruns\/cli \d.*@lazyruns\/core \d.*@lazyruns\/export \d/,
    );
    expect(check("server")?.message).toBe(`${demo.url} (from WANDB_BASE_URL)`);
    expect(check("API key")).toEqual({ name: "API key", level: "ok", message: "found in WANDB_API_KEY" });
    expect(check("reachable")?.message).toMatch(/^answers in \d+ ms/);
    expect(check("entity")).toEqual({ name: "entity", level: "ok", message: "local" });
    expect(check("polars")?.level).toBe("ok");
    expect(check("danfo")?.level).toBe("ok");
    expect(said).not.toContain(API_KEY);
  });

  test("names the file in which it found the key", async () => {
    const file = join(temporaryFolder(), "netrc");
    writeFileSync(file, `machine ${new URL(demo.url).host} login user password ${API_KEY}\n`);
    const { check, ok } = await doctor({ NETRC: file }, "--base-url", demo.url);
    expect([ok, check("API key")?.message]).toEqual([true, `found in ${file}`]);
    expect(check("server")?.message).toBe(`${demo.url} (from --base-url)`);
  });

  test("says what to do without a key, with a wrong one, and with a server that isn't there", async () => {
    const none = await doctor({ WANDB_BASE_URL: demo.url });
    expect(none.check("API key")).toMatchObject({
      level: "problem",
      advice: expect.stringContaining("wandb login"),
    });
    expect(none.check("server")).toMatchObject({ level: "ok", message: demo.url });
    expect(none.check("reachable")).toMatchObject({
      level: "ok",
      message: expect.stringMatching(/^answers/),
    });
    expect(none.check("key accepted")).toBeUndefined();
    const { server } = await testServer({ key: API_KEY });
    const wrong = await doctor({ WANDB_BASE_URL: server.url, WANDB_API_KEY: "w".repeat(40) });
    expect(wrong.check("reachable")?.level).toBe("ok");
    expect(wrong.check("key accepted")).toMatchObject({
      level: "problem",
      advice: expect.stringContaining("wandb login --relogin"),
    });
    const gone = await doctor({ ...demo.env, HTTPS_PROXY: "" }, "--base-url", "http://127.0.0.1:9");
    expect(gone.check("reachable")).toMatchObject({
      level: "problem",
      message: expect.stringContaining("can't be reached"),
      advice: "Check the address, and that this machine may reach it.",
    });
    const { server: silent } = await testServer({ intercept: () => new Promise(() => undefined) });
    const late = await doctor(demo.env, "--base-url", silent.url, "--timeout", "0.5");
    expect(late.check("reachable")).toMatchObject({
      level: "problem",
      message: `${silent.url} doesn't answer within 0.5 s`,
    });
    const tls = await doctor(demo.env, "--base-url", demo.url.replace("http:", "https:"));
    expect(tls.check("reachable")).toMatchObject({
      message: expect.not.stringContaining("\n"),
      advice: expect.stringContaining(`the other scheme: ${demo.url}`),
    });
    const proxy = { HTTP_PROXY: "http://127.0.0.1:9", WANDB_BASE_URL: "http://runs.example" };
    const proxied = await doctor({ ...demo.env, ...proxy }, "--timeout", "5");
    expect(proxied.check("reachable")).toMatchObject({
      message: expect.stringContaining("ECONNREFUSED 127.0.0.1:9"),
      advice: expect.stringContaining("through a proxy: HTTP_PROXY is set"),
    });
    const bad = await doctor(demo.env, "--base-url", "localhost");
    expect(bad.check("server")).toMatchObject({
      level: "problem",
      message: expect.stringContaining("--base-url"),
    });
  });

  test("sends nothing of a name to a terminal that acts on it", async () => {
    const data = { viewer: { id: "x", username: "\u009b31mevil\u202e", entity: "e", teams: { edges: [] } } };
    const { server } = await testServer({
      intercept: async () => ({
        status: 200,
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ data }),
      }),
    });
    const { said, check } = await doctor({ ...demo.env, WANDB_BASE_URL: server.url });
    expect(check("key accepted")?.message).toBe("as \u009b31mevil\u202e");
    expect(said).toContain("\\u009b31mevil\\u202e");
  });

  test("knows Jupyter's kernels and both halves of the extension", async () => {
    const [data, config] = [temporaryFolder(), temporaryFolder()];
    const env = { ...demo.env, JUPYTER_PATH: data, JUPYTER_CONFIG_PATH: config };
    const write = (folder: string, path: string, text: object) => {
      mkdirSync(join(folder, path, ".."), { recursive: true });
      writeFileSync(join(folder, path), JSON.stringify(text));
    };
    const before = await doctor(env);
    expect(before.check("kernel tslab")).toMatchObject({
      level: "warning",
      advice: expect.stringContaining("tslab install"),
    });
    expect(before.check("JupyterLab extension")?.level).toBe("warning");
    write(data, "kernels/jslab/kernel.json", { argv: [process.execPath, "/x/tslab", "kernel", "--js"] });
    expect((await doctor(env)).check("kernel tslab")?.level).toBe("warning");
    write(data, "kernels/tslab/kernel.json", { argv: [process.execPath, "/x/tslab", "kernel"] });
    write(data, "labextensions/@lazyruns/jupyterlab-ext/package.json", { version: "1.2.3" });
    const half = await doctor(env);
    expect(half.check("kernel tslab")).toMatchObject({ level: "ok", message: join(data, "kernels/tslab") });
    expect(half.check("kernel deno")).toMatchObject({
      level: "ok",
      message: expect.stringContaining("other one"),
    });
    expect(half.check("JupyterLab extension")).toMatchObject({
      level: "warning",
      message: expect.stringMatching(/^1\.2\.3, without its half/),
    });
    write(config, "jupyter_server_config.d/jupyterlab_lazyruns.json", {});
    write(data, "kernels/tslab/kernel.json", { argv: ["/nowhere/node", "/x/tslab", "kernel"] });
    const after = await doctor(env);
    expect(after.check("JupyterLab extension")).toMatchObject({ level: "ok", message: "1.2.3" });
    expect(after.check("kernel tslab")).toMatchObject({
      level: "warning",
      message: expect.stringContaining("/nowhere/node"),
    });
  });

  test("prints a line a check, and below it what to do", async () => {
    const { stdout, code } = await runCli(["doctor"], { env: { ...demo.env, FORCE_COLOR: "1" } });
    expect(code).toBe(0);
    expect(stripVTControlCharacters(stdout)).toMatch(/^ok {7}Node {2,}\d/);
    expect(stdout).toContain("\u001b[32mok");
    expect(stdout).toMatch(/\n {20,}-> For TypeScript notebooks: /);
    expect(stdout).toMatch(/\n\n0 problems, \d+ warnings?, \d+ ok\n$/);
  });
});
