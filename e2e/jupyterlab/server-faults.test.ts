import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { type AddressInfo, connect } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Duplex } from "node:stream";
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { ROOT } from "../../scripts/lib/run.mjs";
import { temporaryFolder } from "../support/server.ts";
import { type Certificate, selfSigned } from "./certificate.ts";
import { type Answering, wandbStandIn } from "./fault-server.ts";
import { type ApiAnswer, askApi } from "./jupyter-api.ts";
import { type JupyterServer, jupyterServerOfTest, startJupyterServer } from "./jupyter-server.ts";
import { JUPYTERLAB_4_6, makeVenv } from "./wheel.ts";

const KEY = "local-faults_0123456789-abcdefghijklmnopqrstuvwxyz";
const BASIC = Buffer.from(`api:${KEY}`).toString("base64");
const PASSWORD = "hunter2hunter2";
const SECRETS = [KEY, BASIC, BASIC.replace(/=+$/, ""), encodeURIComponent(BASIC), PASSWORD];
const ARGS = ['--ServerApp.jpserver_extensions={"jupyterlab_lazyruns": True, "jupyterlab": False}'];
const ENV = { PYTHONPATH: path.join(ROOT, "packages/jupyterlab-ext"), WANDB_HTTP_TIMEOUT: "2" };
const ADDRESSES = ["status", "projects", "projects?entity=e", "runs?entity=e&project=p", "runs?project=p"];

let home: string;
let jupyter: JupyterServer;

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), "lazyruns-faults-"));
  const env = { ...ENV, WANDB_API_KEY: KEY };
  jupyter = await startJupyterServer(await makeVenv([JUPYTERLAB_4_6]), { home, env, args: ARGS });
}, 300_000);

afterAll(async () => {
  await jupyter?.stop();
  await rm(home, { recursive: true, force: true, maxRetries: 5 });
});

afterEach(() => expectNoSecret(jupyter.output(), "the log"));

function expectNoSecret(text: string, where: string): void {
  for (const secret of SECRETS) expect(text, where).not.toContain(secret);
}

/** The server's address is read at each request: the same Jupyter server asks another W&B server for each test. */
async function useServer(url: string): Promise<void> {
  await mkdir(path.join(home, "wandb"), { recursive: true });
  await writeFile(path.join(home, "wandb/settings"), `[default]\nbase_url = ${url}\n`);
}

/** What each address answers; no secret is in any. */
async function askAll(): Promise<ApiAnswer[]> {
  const answers = [];
  for (const address of ADDRESSES) {
    const answer = await askApi(jupyter, address);
    expectNoSecret(answer.text + JSON.stringify([...answer.headers]), address);
    answers.push(answer);
  }
  return answers;
}

/** Every address answers so: the status with the problem, the others with an HTTP status. */
async function expectRefusal(status: number, message: RegExp, help: RegExp): Promise<void> {
  const [state, ...others] = await askAll();
  expect(state?.status).toBe(200);
  expect(state?.body).toMatchObject({
    configured: false,
    problem: expect.stringMatching(message),
    help: expect.stringMatching(help),
  });
  for (const other of others) {
    expect([other.status, other.body]).toEqual([
      status,
      { message: expect.stringMatching(message), help: expect.stringMatching(help) },
    ]);
  }
}

const echo: Answering = ({ headers }) => ({
  body: { errors: [{ message: `${headers.authorization}: who is ${KEY}?` }] },
});

describe("a W&B server that", () => {
  const json = (status: number, message: string) => ({ status, body: { errors: [{ message }] } });
  test.each<[string, Answering, number, RegExp, RegExp]>([
    [
      "doesn't know the key",
      () => json(401, "user is not logged in"),
      401,
      /accept the API key.*logged/,
      /belongs to this/,
    ],
    ["forbids", () => json(403, "permission denied"), 403, /may not do this/, /Ask the owner/],
    [
      "isn't one",
      () => ({ status: 404, body: "<html>no such page" }),
      404,
      /^Not found at/,
      /WANDB_BASE_URL/,
    ],
    ["limits the rate", () => json(429, "rate limit"), 429, /limits the rate/, /Wait a minute/],
    ["fails", () => ({ status: 500, body: `${KEY}` }), 502, /answered HTTP 500, [^:]+\.$/, /Try again/],
    ["is behind a gateway", () => ({ status: 504, body: "" }), 504, /HTTP 504/, /Try again/],
    ["answers with a page", () => ({ body: `<html>${KEY}` }), 502, /not JSON/, /WANDB_BASE_URL/],
    ["answers with half of it", () => ({ body: `{"data": {"viewer": "${KEY}` }), 502, /not JSON/, /WANDB/],
    ["answers with nothing", () => ({ body: "" }), 502, /not JSON/, /WANDB_BASE_URL/],
    ["answers with another JSON", () => ({ body: "[1]" }), 502, /without data/, /WANDB_BASE_URL/],
    ["answers very deep", () => ({ body: "[".repeat(200_000) }), 502, /not JSON/, /WANDB_BASE_URL/],
    ["answers no text", () => ({ body: '{"data": "\\ud800"}' }), 502, /without data/, /WANDB_BASE_URL/],
    [
      "says it in words",
      () => json(200, "user is not logged in"),
      401,
      /refused the request/,
      /belongs to this/,
    ],
    [
      "says it with a code",
      () => ({ body: { errors: [{ extensions: { code: "FORBIDDEN" } }] } }),
      403,
      /no reason/,
      /owner/,
    ],
    ["repeats the key", echo, 502, /Basic \[API key\]: who is \[API key\]\?/, /Try again/],
    [
      "repeats it with 401",
      ({ headers }) => json(401, `${headers.authorization} ${KEY}`),
      401,
      /\[API key\]/,
      /belongs/,
    ],
    ["hangs up", () => "hang up", 502, /can't be reached.*broke off/, /the server is up/],
    [
      "never ends",
      () => ({ body: `"${"x".repeat(22 * 2 ** 20)}"` }),
      502,
      /larger than 20 MiB/,
      /of a W&B server/,
    ],
  ])("%s: the message says so, and what to do", async (_, answering, status, message, help) => {
    const { url, asked } = await wandbStandIn(answering);
    await useServer(url);
    await expectRefusal(status, message, help);
    // It isn't asked again and again.
    expect(asked.length).toBeLessThanOrEqual(ADDRESSES.length + 1);
    for (const { headers } of asked) expect(headers.authorization).toBe(`Basic ${BASIC}`);
  });

  test("repeats the key where a long message is cut leaves no piece of it", async () => {
    for (const status of [200, 500]) {
      const { url } = await wandbStandIn(() => json(status, `${"x".repeat(480)}${KEY}`));
      await useServer(url);
      for (const { text } of await askAll()) expect(text).not.toContain(KEY.slice(0, 8));
    }
  });

  test("redirects doesn't get the key carried elsewhere", async () => {
    const other = await wandbStandIn(() => ({ body: { data: {} } }));
    for (const status of [301, 302, 303, 307, 308]) {
      const { url } = await wandbStandIn(() => ({
        status,
        headers: { location: `${other.url}/graphql?key=${KEY}` },
        body: "",
      }));
      await useServer(url);
      await expectRefusal(502, /a redirection .* not sent along/, /WANDB_BASE_URL/);
    }
    expect(other.asked).toEqual([]);
  });

  test("is too slow isn't waited for longer than WANDB_HTTP_TIMEOUT says", async () => {
    const { url } = await wandbStandIn(() => "nothing");
    await useServer(url);
    const start = performance.now();
    const { status, body } = await askApi(jupyter, "projects");
    expect([status, body.message]).toEqual([504, expect.stringContaining("did not answer in time")]);
    expect(body.help).toContain("WANDB_HTTP_TIMEOUT");
    expect(performance.now() - start).toBeLessThan(20_000);
  });

  test("is down, or has no name, is said to be", async () => {
    const { port, close } = await freePort();
    await close();
    await useServer(`http://127.0.0.1:${port}`);
    await expectRefusal(502, /can't be reached.*refused/i, /the server is up/);
    await useServer("http://wandb.invalid");
    const { status, body } = await askApi(jupyter, "projects");
    expect([status, body.message]).toEqual([502, expect.stringContaining("its name has no address")]);
  });

  test("names runs after the key gets them back without it", async () => {
    const node = { name: KEY, displayName: `x${BASIC}`, state: KEY, tags: [KEY], user: { username: KEY } };
    const { url } = await wandbStandIn(() => ({
      body: {
        data: {
          viewer: { username: KEY, entity: KEY, teams: { edges: [{ node: { name: KEY } }] } },
          models: { edges: [{ cursor: KEY, node: { name: KEY, description: KEY } }], pageInfo: {} },
          project: {
            runCount: 1,
            runs: { edges: [{ cursor: KEY, node }], pageInfo: { hasNextPage: true } },
          },
        },
      },
    }));
    await useServer(url);
    const answers = await askAll();
    expect(answers.map(({ status }) => status)).toEqual(ADDRESSES.map(() => 200));
    expect(answers[3]?.body.runs[0]).toMatchObject({ id: "[API key]", name: "x[API key]" });
  });

  test("answers with fields of other kinds, or none, is read as far as it can be", async () => {
    const { url } = await wandbStandIn(() => ({
      body: {
        data: {
          viewer: {
            username: 7,
            entity: "e",
            teams: { edges: [null, { node: null }, { node: { name: "t" } }] },
          },
          models: { edges: [{ node: { name: null } }, {}, 3, { node: { name: "p", runCount: "x" } }] },
          project: { runCount: null, runs: { edges: [{ node: { tags: [1, "a"], user: 3 } }, null] } },
        },
      },
    }));
    await useServer(url);
    const [status, projects, , runs] = await askAll();
    expect(status?.body).toMatchObject({ configured: true, entity: "e", user: null });
    expect(projects?.body).toEqual({
      entity: "e",
      entities: ["e", "t"],
      projects: [{ name: "p", description: null, lastActive: null, runCount: null }],
      truncated: false,
    });
    expect(runs?.body).toMatchObject({
      total: 0,
      runs: [{ id: "", name: "", state: "unknown", tags: ["a"], user: null }],
      cursor: null,
    });
  });

  test("lacks a field of the projects, or finds them too much, is asked for their names alone", async () => {
    const { url, asked } = await wandbStandIn(({ body }) => {
      if (body.includes("viewer {")) return { body: { data: { viewer: { entity: "e" } } } };
      if (body.includes("description")) {
        return { status: 400, body: { errors: [{ message: 'Cannot query field "description"' }] } };
      }
      const page = { edges: [{ cursor: "1", node: { name: "p" } }], pageInfo: { hasNextPage: false } };
      return { body: { data: { models: page } } };
    });
    await useServer(url);
    const { body } = await askApi(jupyter, "projects");
    expect(body.projects).toEqual([{ name: "p", description: null, lastActive: null, runCount: null }]);
    expect(asked).toHaveLength(3);
  });

  test("has projects without end gives the first thousand, and says that there are more", async () => {
    let made = 0;
    const { url, asked } = await wandbStandIn(({ body }) => {
      if (body.includes("viewer {")) return { body: { data: { viewer: { entity: "e" } } } };
      const edges = Array.from({ length: 100 }, () => {
        made++;
        return { cursor: `c${made}`, node: { name: `p${made}` } };
      });
      return { body: { data: { models: { edges, pageInfo: { hasNextPage: true } } } } };
    });
    await useServer(url);
    const { body } = await askApi(jupyter, "projects");
    expect([body.projects.length, body.truncated, asked.length]).toEqual([1000, true, 11]);
    expect(JSON.parse(asked[2]?.body ?? "").variables).toEqual({ entity: "e", first: 100, after: "c100" });
  });

  test.each([
    ["repeats a cursor", "same", undefined, 3],
    ["says that there is more, but not where,", undefined, null, 2],
  ])("%s is said to, and isn't asked for ever", async (_, cursor, endCursor, requests) => {
    const { url, asked } = await wandbStandIn(({ body }) => {
      if (body.includes("viewer {")) return { body: { data: { viewer: { entity: "e" } } } };
      const page = {
        edges: [{ cursor, node: { name: "p" } }],
        pageInfo: { hasNextPage: true, endCursor },
      };
      return { body: { data: { models: page, project: { runCount: 500, runs: page } } } };
    });
    await useServer(url);
    const refusal = [502, expect.stringMatching(/there is more, but gives no new cursor/)];
    const projects = await askApi(jupyter, "projects");
    expect([projects.status, projects.body.message]).toEqual(refusal);
    expect(asked).toHaveLength(requests);
    const runs = await askApi(jupyter, "runs?entity=e&project=p&cursor=same");
    expect([runs.status, runs.body.message]).toEqual(refusal);
  });

  test("has cursors of pages alone is read on behind them", async () => {
    const { url } = await wandbStandIn(() => ({
      body: { data: { project: { runs: { edges: [], pageInfo: { hasNextPage: true, endCursor: "x" } } } } },
    }));
    await useServer(url);
    expect((await askApi(jupyter, "runs?entity=e&project=p")).body.cursor).toBe("x");
  });

  test("is too slow to list projects with what is known of each gives their names, in the same time", async () => {
    const { url, asked } = await wandbStandIn(({ body }) => {
      if (body.includes("viewer {")) return { body: { data: { viewer: { entity: "e" } } } };
      if (body.includes("description")) return "nothing";
      return { body: { data: { models: { edges: [{ node: { name: "p" } }], pageInfo: {} } } } };
    });
    await useServer(url);
    const { status, body } = await askApi(jupyter, "projects");
    expect([status, body.projects]).toEqual([
      200,
      [{ name: "p", description: null, lastActive: null, runCount: null }],
    ]);
    expect(asked).toHaveLength(3);
  });

  test("is asked fixed questions: nothing of a page's becomes part of one", async () => {
    const { url, asked } = await wandbStandIn(() => ({ body: { data: { project: {} } } }));
    await useServer(url);
    const evil = '"){runs{edges{node{id}}}} mutation { x';
    const parameters = new URLSearchParams({ project: evil, entity: evil, search: evil, cursor: evil });
    expect((await askApi(jupyter, `runs?${parameters}`)).status).toBe(200);
    const [{ query, variables }] = asked.map(({ body }) => JSON.parse(body)) as [
      { query: string; variables: Record<string, string> },
    ];
    expect(query).not.toContain("mutation");
    expect(query).not.toContain("edges{node{id}}");
    expect(variables).toMatchObject({
      project: evil,
      entity: evil,
      after: evil,
      order: "-created_at",
      first: 50,
    });
    const pattern = { $regex: '(?i)"\\)\\{runs\\{edges\\{node\\{id\\}\\}\\}\\} mutation \\{ x' };
    expect(JSON.parse(variables.filters ?? "")).toEqual({
      $or: [{ displayName: pattern }, { name: pattern }],
    });
    expect(asked[0]?.path).toBe("/graphql");
  });
});

test.each([
  [`http://user:${PASSWORD}@127.0.0.1:1`, /holds a user name or password/, /Leave them out/],
  [`ftp://user:${PASSWORD}@127.0.0.1`, /must begin with http/, /WANDB_BASE_URL/],
  [`http://user:${PASSWORD}@`, /holds a user name or password/, /Leave them out/],
  ["http://straße.example", /is not a URL of the plain form/, /xn--/],
  ["http://a..b", /is not a URL of the plain form/, /WANDB_BASE_URL/],
  ["localhost:8080", /must begin with http/, /WANDB_BASE_URL/],
])("a base URL that can't be one is refused, without the password in it: %s", async (url, message, help) => {
  await useServer(url);
  await expectRefusal(502, message, help);
});

const known: Answering = () => ({ body: { data: { viewer: { entity: "e" } } } });

test("a certificate that nobody signed isn't trusted", async ({ skip }) => {
  const certificate = selfSigned(temporaryFolder());
  if (certificate === undefined) return skip("there is no openssl");
  const { url, asked } = await wandbStandIn(known, certificate);
  await useServer(url);
  await expectRefusal(502, /can't be reached.*certificate/, /the server is up/);
  expect(asked).toEqual([]);
});

test.each(["http", "https"])("through a proxy of %s, with a certificate of SSL_CERT_FILE", async (scheme) => {
  const certificate = selfSigned(temporaryFolder());
  if (certificate === undefined) return;
  const { url } = await wandbStandIn(known, certificate);
  const proxy = await startProxy(url, scheme === "https" ? certificate : undefined);
  const host = `wandb.test.example:${new URL(url).port}`;
  const trusting = await jupyterServerOfTest(await makeVenv([JUPYTERLAB_4_6]), {
    home: temporaryFolder(),
    env: {
      ...ENV,
      WANDB_API_KEY: KEY,
      WANDB_BASE_URL: `https://${host}`,
      SSL_CERT_FILE: certificate.file,
      HTTPS_PROXY: `${scheme}://user:${PASSWORD}@127.0.0.1:${proxy.port}`,
    },
    args: ARGS,
  });
  expect((await askApi(trusting, "status")).body).toMatchObject({ configured: true, entity: "e" });
  const authorization = `Basic ${Buffer.from(`user:${PASSWORD}`).toString("base64")}`;
  expect(proxy.asked).toEqual([{ target: host, authorization }]);
  proxy.refuse();
  const { status, body, text } = await askApi(trusting, "projects");
  expect([status, body.message]).toEqual([
    502,
    `The proxy refuses to connect to https://${host} (403), asking whose API key this is.`,
  ]);
  proxy.fallSilent();
  const silence = await askApi(trusting, "projects");
  expect([silence.status, silence.body.message]).toEqual([504, expect.stringContaining("in time")]);
  expectNoSecret(text + silence.text + trusting.output(), "with a proxy");
});

/** A proxy that tunnels whatever name is asked for to one server. */
async function startProxy(target: string, tls?: Certificate) {
  const asked: { target: string; authorization: string | undefined }[] = [];
  const sockets = new Set<Duplex>();
  let mood: "obliging" | "refusing" | "silent" = "obliging";
  const server = tls === undefined ? createServer() : createSecureServer(tls);
  server.on("connect", ({ url = "", headers }, socket: Duplex) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    if (mood === "silent") return;
    if (mood === "refusing") return void socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
    asked.push({ target: url, authorization: headers["proxy-authorization"] });
    const onward = connect(Number(new URL(target).port), "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      onward.pipe(socket).pipe(onward);
    });
    sockets.add(onward);
    onward.on("error", () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return {
    port: (server.address() as AddressInfo).port,
    asked,
    refuse: () => {
      mood = "refusing";
    },
    fallSilent: () => {
      mood = "silent";
    },
  };
}

/** A port that nobody listens on, once it is closed. */
async function freePort() {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { port, close: () => new Promise((resolve) => server.close(resolve)) };
}

test("nothing of all that was a defect", () => {
  expect(jupyter.output()).not.toMatch(/Traceback|a defect/);
});
