import { inspect } from "node:util";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { Api } from "./api.ts";
import {
  AuthenticationError,
  InvalidArgumentError,
  NotFoundError,
  ProtocolError,
  type ServerError,
} from "./errors.ts";
import { type FaultHandler, faultServer, TEST_KEY } from "./testing/fault-server.ts";
import { operationOf, runServer, WIRE_RUN } from "./testing/run-server.ts";

async function open(handler: FaultHandler) {
  const { url, requests } = await faultServer(handler);
  const api = new Api({ baseUrl: url, apiKey: TEST_KEY, maxRetries: 0 });
  onTestFinished(() => api.close());
  return { api, requests, url };
}

describe("run", () => {
  const SWEEP = {
    id: "1",
    name: "sw",
    displayName: "the sweep",
    state: "RUNNING",
    config: "method: grid\nlr: [1]\n",
  };

  test("comes full, with its sweep and its history's keys, in one request", async () => {
    const { api, requests, url } = await open(() => ({
      project: {
        run: {
          ...WIRE_RUN,
          tags: ["a"],
          group: "g",
          jobType: "train",
          sweepName: "sw",
          sweep: SWEEP,
          user: { name: "N", username: "n" },
          historyKeys: { lastStep: 3, keys: { loss: null } },
        },
      },
    }));
    const run = await api.run("/team/digits/abc");
    expect(run.config).toEqual({ lr: 1 });
    expect(run.sweep).toMatchObject({ id: "sw", name: "the sweep", config: { method: "grid" } });
    expect(run).toMatchObject({
      id: "abc",
      name: "first try",
      tags: ["a"],
      group: "g",
      jobType: "train",
      sweepName: "sw",
      user: { username: "n" },
      path: ["team", "digits", "abc"],
      url: `${url}/team/digits/runs/abc`,
    });
    expect(await run.load()).toBe(run);
    expect(await run.lastHistoryStep()).toBe(3);
    expect(requests).toHaveLength(1);
    expect(requests[0]?.variables).toEqual({ entity: "team", project: "digits", name: "abc" });
    expect(inspect(run)).toBe('Run abc "first try" (running, group g, a)');
  });

  test("whose fields are null is fine", async () => {
    const { api } = await open(() => ({
      project: {
        run: Object.fromEntries(Object.keys(WIRE_RUN).map((key) => [key, key === "name" ? "abc" : null])),
      },
    }));
    const run = await api.run("team/digits/abc");
    expect([run.name, run.state, run.user, run.sweep, run.createdAt]).toEqual([
      "abc",
      null,
      null,
      null,
      null,
    ]);
    expect([run.config, run.summary, run.systemMetrics, run.tags]).toEqual([{}, {}, {}, []]);
    expect(await run.lastHistoryStep()).toBeNull();
  });

  test("comes from a server whose runs have no sweep field", async () => {
    const { api, requests } = await open((request, response) => {
      if (operationOf(request) === "Sweeps") return { project: { s0: SWEEP } };
      if (!request.query.includes("sweep {")) return { project: { run: { ...WIRE_RUN, sweepName: "sw" } } };
      const errors = [{ message: 'Cannot query field "sweep" on type "Run".' }];
      return void response.writeHead(400).end(JSON.stringify({ errors }));
    });
    expect((await api.run("team/digits/abc")).sweep?.name).toBe("the sweep");
    expect(requests.map(operationOf)).toEqual(["Run", "Run", "Sweeps"]);
  });

  test("that is missing is told from a project that is missing", async () => {
    const run = await (await open(() => ({ project: { run: null } }))).api
      .run("team/digits/abc")
      .catch((error: unknown) => error);
    expect(run).toBeInstanceOf(NotFoundError);
    expect((run as Error).message).toMatch(/no run abc in team\/digits/);
    expect(run).toMatchObject({ run: "abc", project: "digits" });
    const project = await (await open(() => ({ project: null }))).api
      .run("team/digits/abc")
      .catch((error: unknown) => error);
    expect(project).toBeInstanceOf(NotFoundError);
    expect((project as Error).message).toMatch(/no project team\/digits/);
    expect(project).toMatchObject({ run: undefined, project: "digits" });
  });

  test("by a path that can't be one sends nothing", async () => {
    const { api, requests } = await open(() => undefined);
    await expect(api.run("digits/abc")).rejects.toThrow(InvalidArgumentError);
    await expect(api.run("https://wandb.ai/team/digits/runs/abc")).rejects.toThrow(/is not a page of/);
    expect(requests).toEqual([]);
  });

  test("other failures are passed on, once", async () => {
    const { api, requests } = await open(
      (_, response) => void response.writeHead(400).end('{"errors":[{"message":"no"}]}'),
    );
    const error = await api.run("team/digits/abc").catch((error: unknown) => error);
    expect((error as ServerError).status).toBe(400);
    expect(requests).toHaveLength(1);
  });

  test("reload gives a new one, and leaves the old one as it was", async () => {
    const { run } = await runServer(() => ({
      project: { run: { ...WIRE_RUN, state: "finished", historyKeys: { lastStep: 9, keys: {} } } },
    }));
    expect(await run.lastHistoryStep()).toBeNull();
    const now = await run.reload();
    expect([run.state, now.state]).toEqual(["running", "finished"]);
    expect([await run.lastHistoryStep(), await now.lastHistoryStep()]).toEqual([null, 9]);
    expect((await now.reload()).id).toBe("abc");
  });
});

describe("projects", () => {
  const page = (names: readonly string[], more: boolean, start = 0) => ({
    models: {
      edges: names.map((name, index) => ({
        cursor: String(start + index),
        node: { id: name, name, entityName: "team", createdAt: "2026-01-02T03:04:05" },
      })),
      pageInfo: { endCursor: null, hasNextPage: more },
    },
  });

  test("come page by page, each once", async () => {
    const { api, requests, url } = await open(({ number }) =>
      number === 1 ? page(["a", "b/ü"], true) : page(["b/ü", "c"], false, 2),
    );
    const found = [];
    for await (const project of api.projects("team", { perPage: 2 })) found.push(project);
    expect(found.map(({ name }) => name)).toEqual(["a", "b/ü", "c"]);
    expect(found[1]).toEqual({
      id: "b/ü",
      name: "b/ü",
      entity: "team",
      createdAt: new Date("2026-01-02T03:04:05Z"),
      url: `${url}/team/b%2F%C3%BC/workspace`,
    });
    expect(requests.map(({ variables }) => variables)).toEqual([
      { entity: "team", first: 2, after: null },
      { entity: "team", first: 2, after: "1" },
    ]);
  });

  test("of nobody in particular are the viewer's", async () => {
    const { api, requests } = await open((request) =>
      operationOf(request) === "Viewer" ? { viewer: { id: "1", entity: "mine" } } : page([], false),
    );
    for await (const _ of api.projects());
    expect(requests.map(operationOf)).toEqual(["Viewer", "Projects"]);
    expect(requests[1]?.variables.entity).toBe("mine");
  });

  test("of an entity that isn't there are an error where the server says so, as is an answer that makes no sense", async () => {
    const missing = await open(() => ({ models: null }));
    await expect(missing.api.projects("nobody").next()).rejects.toMatchObject({
      name: "NotFoundError",
      entity: "nobody",
    });
    const silent = await open(() => page([], false)); // it lists what it has of that entity: nothing
    expect(await silent.api.projects("nobody").next()).toEqual({ done: true, value: undefined });
    const strange = await open(() => ({ models: {} }));
    await expect(strange.api.projects("team").next()).rejects.toThrow(ProtocolError);
  });

  test("with a bad option are refused at once", async () => {
    const { api } = await open(() => undefined);
    expect(() => api.projects("a/b")).toThrow(InvalidArgumentError);
    expect(() => api.projects("")).toThrow(InvalidArgumentError);
    expect(() => api.projects("team", { perPage: 1001 })).toThrow(InvalidArgumentError);
  });
});

describe("viewer", () => {
  test("says whose key it is", async () => {
    const { api } = await open(() => ({
      viewer: {
        id: "1",
        username: "n",
        entity: "team",
        name: "N",
        email: "n@example.com",
        teams: { edges: [{ node: { name: "team" } }, { node: null }] },
      },
    }));
    expect(await api.viewer()).toEqual({
      id: "1",
      username: "n",
      entity: "team",
      name: "N",
      email: "n@example.com",
      teams: ["team"],
    });
  });

  test("of whom little is known is fine", async () => {
    const { api } = await open(() => ({ viewer: { id: "1", teams: null } }));
    expect(await api.viewer()).toEqual({
      id: "1",
      username: null,
      entity: null,
      name: null,
      email: null,
      teams: [],
    });
    await expect(api.projects().next()).rejects.toThrow(/names no entity/);
  });

  test("of a key that the server doesn't know is an error, whichever way it says so", async () => {
    const nobody = await open(() => ({ viewer: null }));
    await expect(nobody.api.viewer()).rejects.toThrow(AuthenticationError);
    const refused = await open(
      (_, response) => void response.writeHead(401).end('{"errors":[{"message":"user is not logged in"}]}'),
    );
    await expect(refused.api.viewer()).rejects.toThrow(AuthenticationError);
  });
});

test("a run's page is where WANDB_APP_URL says", async () => {
  vi.stubEnv("WANDB_APP_URL", "https://pages.example.com");
  try {
    const { run } = await runServer(() => undefined);
    expect(run.url).toBe("https://pages.example.com/team/digits/runs/abc");
  } finally {
    vi.unstubAllEnvs();
  }
});
