import { ServerConnection } from "@jupyterlab/services";
import { nullTranslator } from "@jupyterlab/translation";
import { expect, test } from "vitest";
import { RunsClient } from "./runs-client.ts";
import type { RunsQuery } from "./runs-query.ts";

const QUERY: RunsQuery = {
  entity: "a b",
  project: "c&d",
  states: ["running", "failed"],
  search: "x+y",
  order: "+displayName",
};
const never = new AbortController().signal;
const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status });

/** A client of a server that answers like this, and what was asked of it. */
function clientOf(answer: (request: Request) => Response | Promise<Response>) {
  const asked: string[] = [];
  const fetch = async (request: RequestInfo | URL) => {
    asked.push((request as Request).url);
    return answer(request as Request);
  };
  const baseUrl = "http://127.0.0.1:1/base/";
  const settings = ServerConnection.makeSettings({ baseUrl, fetch, Request, init: { cache: "default" } });
  return { client: new RunsClient(settings, nullTranslator.load("")), asked };
}

test("what is asked for is in the address, encoded", async () => {
  const { client, asked } = clientOf(() => json({ total: 0, url: null, runs: [], cursor: null }));
  await client.runs(QUERY, 50, "c/2", never);
  expect(asked).toEqual([
    "http://127.0.0.1:1/base/lazyruns/api/runs?entity=a%20b&project=c%26d&order=%2BdisplayName&limit=50" +
      "&state=running&state=failed&search=x%2By&cursor=c%2F2",
  ]);
});

test("runs are checked member by member: what can't be becomes nothing", async () => {
  const run = { id: "a1", name: "", state: "finished", createdAt: "2026-01-02T03:04:05", tags: ["t", 5, ""] };
  const { client } = clientOf(() =>
    json({ total: 3, url: "javascript:alert(1)", runs: [run, { id: 5 }, {}], cursor: "" }),
  );
  expect(await client.runs(QUERY, 50, undefined, never)).toEqual({
    total: 3,
    url: undefined,
    cursor: undefined,
    runs: [
      {
        id: "a1",
        name: "a1",
        state: "finished",
        createdAt: Date.UTC(2026, 0, 2, 3, 4, 5),
        user: "",
        tags: ["t"],
        group: "",
        sweep: "",
      },
    ],
  });
});

test.each([
  [
    "a server without the extension",
    () => new Response("<html>", { status: 404 }),
    /no part that reads runs/,
    /enable/,
  ],
  [
    "a fault that the extension tells of",
    () => json({ message: "No.", help: "Do." }, 502),
    /^No\.$/,
    /^Do\.$/,
  ],
  ["a login that is over", () => json({ message: "Forbidden", reason: null }, 403), /refuses/, /log in/],
  ["a server that broke", () => new Response("", { status: 500 }), /failed \(500\)/, /log/],
  ["an answer that isn't JSON", () => new Response("<html>"), /makes no sense/, /same version/],
  ["an answer of another shape", () => json({ total: -1, runs: {} }), /makes no sense/, /same version/],
  ["a server that is gone", () => Promise.reject(new TypeError("fetch failed")), /isn't reached/, /online/],
])("%s is told with what to do", async (_, answer, message, help) => {
  const { client } = clientOf(answer);
  await expect(client.runs(QUERY, 50, undefined, never)).rejects.toMatchObject({
    name: "PanelError",
    message: expect.stringMatching(message),
    help: expect.stringMatching(help),
  });
});

test("a request that isn't wanted any more ends as that, whatever comes of it", async () => {
  const controller = new AbortController();
  const { client } = clientOf(() => {
    controller.abort();
    return json({ configured: true, url: "http://x", entity: "e" });
  });
  await expect(client.status(controller.signal)).rejects.toHaveProperty("name", "AbortError");
});

test("a server that isn't configured, and one that is", async () => {
  const no = clientOf(() => json({ configured: false, problem: "No key.", help: "wandb login" })).client;
  expect(await no.status(never)).toEqual({ isConfigured: false, problem: "No key.", help: "wandb login" });
  const yes = clientOf(() => json({ configured: true, url: "http://x", entity: null, user: null })).client;
  expect(await yes.status(never)).toEqual({ isConfigured: true, url: "http://x", entity: undefined });
});
