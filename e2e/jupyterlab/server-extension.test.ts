import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Api, type RunsOptions } from "@lazyruns/core";
import { type LocalServer, startServer } from "@lazyruns/local-server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ROOT } from "../../scripts/lib/run.mjs";
import { post } from "../support/post.ts";
import { API_KEY } from "../support/python.ts";
import { askApi, withParameters } from "./jupyter-api.ts";
import { type JupyterServer, startJupyterServer } from "./jupyter-server.ts";
import { JUPYTERLAB_4_6, makeVenv } from "./wheel.ts";

const PACKAGE = path.join(ROOT, "packages/jupyterlab-ext");
/** The server extension out of the sources, on a server without JupyterLab. */
const OPTIONS = {
  args: ['--ServerApp.jpserver_extensions={"jupyterlab_lazyruns": True, "jupyterlab": False}'],
};
const RUNS = [
  { id: "aaa1", name: "mlp (wide) é", lr: 0.1, loss: 0.5, tags: ["best", "é😀"], group: "g/1", exit: 0 },
  { id: "bbb2", name: "mlp.deep", lr: 0.01, loss: 0.25, tags: [], group: null, exit: 1 },
  {
    id: "ccc3",
    name: "CNN <img src=x onerror=alert(1)>",
    lr: 0.3,
    loss: 0.75,
    tags: [],
    group: null,
    exit: 0,
  },
  { id: "mlp4", name: "baseline", lr: 0.2, loss: 0.1, tags: [], group: null, exit: undefined },
] as const;
const PROJECT = "dé tails (1)";

let folder: string;
let server: LocalServer;
let api: Api;
let jupyter: JupyterServer;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "lazyruns-jupyter-"));
  server = await startServer({ dataDir: path.join(folder, "data") });
  api = new Api({ baseUrl: server.url, apiKey: API_KEY });
  for (const run of RUNS) await writeRun(run);
  for (const project of ["another", "third"]) await writeRun({ ...RUNS[0], project });
  const env = { PYTHONPATH: PACKAGE, WANDB_BASE_URL: server.url, WANDB_API_KEY: API_KEY };
  jupyter = await startJupyterServer(await makeVenv([JUPYTERLAB_4_6]), { home: folder, env, ...OPTIONS });
}, 300_000);

afterAll(async () => {
  await jupyter?.stop();
  await api?.close();
  await server?.close();
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

const UPSERT = `mutation UpsertBucket($entity: String, $project: String, $name: String, $displayName: String,
  $config: JSONString, $tags: [String!], $groupName: String, $sweep: String) {
  upsertBucket(input: { entityName: $entity, modelName: $project, name: $name, displayName: $displayName,
    config: $config, tags: $tags, groupName: $groupName, sweep: $sweep }) { bucket { id } }
}`;

/** Writes a run as a logging client does; one without an exit code is still under way. */
async function writeRun(run: Omit<(typeof RUNS)[number], "id"> & { id: string; project?: string }) {
  const { id: name, project = PROJECT } = run;
  const config = JSON.stringify({ lr: { value: run.lr }, "a.b": { value: run.lr } });
  const { name: displayName, tags, group: groupName } = run;
  const variables = { entity: "local", project, name, displayName, config, tags, groupName };
  await post(`${server.url}/graphql`, { query: UPSERT, variables });
  await post(`${server.url}/files/local/${encodeURIComponent(project)}/${name}/file_stream`, {
    files: { "wandb-summary.json": { offset: 0, content: [JSON.stringify({ loss: run.loss })] } },
    ...(run.exit === undefined ? {} : { complete: true, exitcode: run.exit }),
  });
}

const runs = (parameters: Record<string, string | string[]> = {}, init: RequestInit = {}) =>
  askApi(jupyter, withParameters("runs", { project: PROJECT, ...parameters }), init);
const ids = async (parameters: Record<string, string | string[]>) => {
  const { status, body } = await runs(parameters);
  return status === 200 ? body.runs.map(({ id }: { id: string }) => id) : body;
};

describe("what it answers with", () => {
  test("the status: for which server, and whose key", async () => {
    const { status, body, headers } = await askApi(jupyter, "status");
    expect([status, body]).toEqual([
      200,
      { configured: true, url: server.url, entity: "local", user: "local" },
    ]);
    expect(headers.get("content-type")).toContain("application/json");
    expect(headers.get("cache-control")).toBe("no-store");
  });

  test("the projects as core lists them, the last one to be active first, with what is known of each", async () => {
    const { status, body } = await askApi(jupyter, "projects");
    expect([status, body.entity, body.entities, body.truncated]).toEqual([200, "local", ["local"], false]);
    const known = await collect(api.projects());
    expect(body.projects.map(({ name }: { name: string }) => name).sort()).toEqual(
      known.map(({ name }) => name).sort(),
    );
    const times = body.projects.map(({ lastActive }: { lastActive: string }) => Date.parse(lastActive));
    expect(times).toEqual([...times].sort((a, b) => b - a));
    expect(Math.min(...times)).toBeGreaterThan(Date.now() - 600_000);
    const project = body.projects.find(({ name }: { name: string }) => name === PROJECT);
    expect(project).toMatchObject({ runCount: RUNS.length, description: null });
    expect((await askApi(jupyter, "projects?entity=elsewhere")).body).toMatchObject({
      entity: "elsewhere",
      entities: ["local"],
      projects: [],
    });
  });

  test("the runs as core reads them, and the project's page", async () => {
    const { body } = await runs({ entity: "local" });
    const ours = await api.runs(`local/${PROJECT}`, { order: "-created_at" }).toArray();
    expect(body.runs).toEqual(
      ours.map(({ id, name, state, createdAt, user, tags, group, sweepName }) => ({
        id,
        name,
        state,
        createdAt: expect.toSatisfy((text) => Date.parse(text) === createdAt?.getTime()),
        user: user?.username ?? null,
        tags,
        group,
        sweep: sweepName ?? null,
      })),
    );
    expect(body.runs[0]).toMatchObject({ id: "mlp4", state: "running" });
    expect(body.runs[3]).toMatchObject({ name: RUNS[0].name, tags: ["best", "é😀"], group: "g/1" });
    const [project] = (await collect(api.projects())).filter(({ name }) => name === PROJECT);
    expect([body.total, body.cursor, body.url]).toEqual([4, null, project?.url]);
  });

  test("page by page: every run once, and how many there are on each", async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    let pages = 0;
    do {
      const { body } = await runs({ limit: "3", order: "+created_at", ...(cursor && { cursor }) });
      expect(body.total).toBe(RUNS.length);
      seen.push(...body.runs.map(({ id }: { id: string }) => id));
      cursor = body.cursor ?? undefined;
      pages++;
    } while (cursor !== undefined);
    expect([seen, pages]).toEqual([RUNS.map(({ id }) => id), 2]);
  });

  test.each([
    ["mlp", ["aaa1", "bbb2", "mlp4"]],
    ["MLP", ["aaa1", "bbb2", "mlp4"]],
    ["mlp.", ["bbb2"]],
    ["(wide) é", ["aaa1"]],
    ["<img src=x", ["ccc3"]],
    ["bb2", ["bbb2"]],
    [".*", []],
    ["\\", []],
    ["[^", []],
    ["(?i)", []],
    ["\\Q", []],
    ["$", []],
    [" ", ["aaa1", "ccc3"]],
    ['"}]}', []],
  ])("a search for %j finds names and ids that hold it", async (search, expected) => {
    expect(await ids({ search, order: "+created_at" })).toEqual(expected);
    expect((await runs({ search })).body.total).toBe(expected.length);
  });

  test("by state: one, several, and together with a search", async () => {
    expect(await ids({ state: "running" })).toEqual(["mlp4"]);
    expect(await ids({ state: ["failed", "running"] })).toEqual(["mlp4", "bbb2"]);
    expect(await ids({ state: ["finished", "running"], search: "mlp" })).toEqual(["mlp4", "aaa1"]);
    expect(await ids({ state: "crashed" })).toEqual([]);
  });

  test.each([
    ["+created_at", "+created_at"],
    ["created_at", "+created_at"],
    ["-heartbeat_at", "-heartbeat_at"],
    ["display_name", "+display_name"],
    ["-name", "-name"],
    ["state", "+state"],
    ["-config.lr.value", "-config.lr.value"],
    ["+config.lr", "+config.lr"],
    ["config.a.b", "+config.a.b"],
    ["-summary_metrics.loss", "-summary_metrics.loss"],
  ])("in the order %s, as core has it", async (order, same) => {
    const ours = await api.runs(`local/${PROJECT}`, { order: same as RunsOptions["order"] }).toArray();
    expect(await ids({ order })).toEqual(ours.map(({ id }) => id));
  });

  test("a + in an address is a space, and means what was meant", async () => {
    const { body } = await askApi(jupyter, `runs?project=${encodeURIComponent(PROJECT)}&order=+created_at`);
    expect(body.runs[0].id).toBe("aaa1");
  });
});

describe("what it refuses", () => {
  test.each([
    [{ project: "" }, "project is missing."],
    [{ project: "a/b" }, 'project is "a/b".'],
    [{ project: ["a", "b"] }, "project is given 2 times."],
    [{ entity: "  " }, 'entity is "  ".'],
    [{ entity: ".." }, 'entity is "..".'],
    [{ project: "." }, 'project is ".".'],
    [{ project: "a\\b" }, 'project is "a\\\\b".'],
    [{ project: "a\nb" }, 'project is "a\\nb".'],
    [{ cursor: "nonsense" }, 'cursor is "nonsense".'],
    [{ limit: "0" }, 'limit is "0".'],
    [{ limit: "1001" }, 'limit is "1001".'],
    [{ limit: "1e3" }, 'limit is "1e3".'],
    [{ limit: "١" }, 'limit is "١".'],
    [{ order: "-" }, 'order is "-".'],
    [{ order: "-config." }, 'order is "-config.".'],
    [{ order: "-summary.loss" }, 'order is "-summary.loss".'],
    [{ order: "created_at; drop" }, 'order is "created_at; drop".'],
    [{ state: ["running", "gone"] }, 'state is "gone".'],
    [{ search: "x".repeat(1001) }, '"search" has a value of more than 1000 characters.'],
    [{ query: "{ viewer { id } }" }, 'There is no parameter "query" here.'],
    [{ filters: "{}" }, 'There is no parameter "filters" here.'],
  ])("%o is bad input, with what to do", async (parameters, message) => {
    const { status, body } = await runs(parameters as Record<string, string | string[]>);
    expect([status, body.message]).toEqual([400, message]);
    expect(body.help).toMatch(/\.$/);
  });

  test("what JupyterLab puts behind an address so that it isn't cached is no bad input", async () => {
    expect((await askApi(jupyter, `status?${Date.now()}`)).status).toBe(200);
    const { status, body } = await askApi(jupyter, "status?entity=x");
    expect([status, body.help]).toEqual([400, "There are none."]);
  });

  test("what isn't text", async () => {
    for (const parameters of ["entity=%ff", "entity=e&project=%c3%28"]) {
      const { status, body } = await askApi(jupyter, `runs?${parameters}`);
      expect([status, body.message, body.help]).toEqual([
        400,
        "A parameter is not in UTF-8.",
        expect.stringMatching(/\.$/),
      ]);
    }
  });

  test("a project that isn't there", async () => {
    const missing = await runs({ project: "none" });
    expect([missing.status, missing.body.message]).toEqual([
      404,
      `There is no project local/none at ${server.url}, or the API key may not read it.`,
    ]);
  });

  test.each(["POST", "PUT", "PATCH", "DELETE", "HEAD"])("%s, for nothing here writes", async (method) => {
    for (const address of ["status", "projects", "runs"]) {
      expect((await askApi(jupyter, address, { method })).status, address).toBe(405);
    }
  });

  test("OPTIONS is answered with what the Jupyter server allows, and nothing else", async () => {
    const { status, text, headers } = await askApi(jupyter, "projects", { method: "OPTIONS" });
    expect([status, text]).toEqual([200, ""]);
    expect(headers.get("access-control-allow-headers")).toContain("x-xsrftoken");
  });

  test("those whom the Jupyter server doesn't let in, and pages of elsewhere", async () => {
    for (const address of ["status", "projects", withParameters("runs", { project: PROJECT })]) {
      const stranger = await askApi(jupyter, address, { headers: { authorization: "token none" } });
      expect([stranger.status, stranger.text], address).toEqual([403, expect.not.stringContaining("local")]);
    }
    const login = await fetch(`${jupyter.url}tree?token=${jupyter.token}`, { redirect: "manual" });
    const cookie = login.headers
      .getSetCookie()
      .map((one) => one.split(";")[0])
      .join("; ");
    const withCookie = async (more: Record<string, string>, method = "GET") => {
      const headers = { cookie, ...more };
      return (await fetch(`${jupyter.url}lazyruns/api/projects`, { method, headers })).status;
    };
    const { origin } = new URL(jupyter.url);
    expect(await withCookie({ origin, referer: `${jupyter.url}lab` })).toBe(200);
    expect(await withCookie({ origin: "http://evil.example" })).toBe(404);
    expect(await withCookie({ origin, referer: `${jupyter.url}lab` }, "POST")).toBe(403);
  });
});

test("it serves below the base URL, and a key that is set up later is found without a restart", async () => {
  const home = await mkdtemp(path.join(tmpdir(), "lazyruns-jupyter-"));
  const env = { PYTHONPATH: PACKAGE, WANDB_BASE_URL: server.url };
  const args = [...OPTIONS.args, "--ServerApp.base_url=/some/where/"];
  const later = await startJupyterServer(await makeVenv([JUPYTERLAB_4_6]), { home, env, args });
  try {
    expect(later.url).toMatch(/\/some\/where\/$/);
    const { status, body } = await askApi(later, "status");
    expect([status, body]).toEqual([
      200,
      {
        configured: false,
        url: server.url,
        problem: expect.stringContaining(`No API key for ${server.url}. Looked in: WANDB_API_KEY, ${home}`),
        help: expect.stringContaining("wandb login"),
      },
    ]);
    expect((await askApi(later, "projects")).status).toBe(401);
    const machine = new URL(server.url).host;
    await writeFile(path.join(home, ".netrc"), `machine ${machine}\n  login user\n  password ${API_KEY}\n`);
    expect((await askApi(later, "status")).body).toMatchObject({ configured: true, entity: "local" });
    expect((await askApi(later, "projects")).status).toBe(200);
  } finally {
    await later.stop();
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  }
});

test("nothing of all that put the key into the log, and nothing was a defect", () => {
  expect(jupyter.output()).not.toContain(API_KEY);
  expect(jupyter.output()).not.toContain(btoa(`api:${API_KEY}`));
  expect(jupyter.output()).not.toMatch(/Traceback|a defect/);
  expect(jupyter.output()).toContain("/lazyruns/api/runs");
});
