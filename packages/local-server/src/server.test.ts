import { type ChildProcess, spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { Agent, request as httpRequest } from "node:http";
import { connect } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { describe, expect, onTestFinished, test } from "vitest";
import manifest from "../package.json" with { type: "json" };
import { StartError } from "./errors.ts";
import { startServer } from "./server.ts";
import { ask, logRun, send, stream, TEST_KEY, temporaryFolder, testServer } from "./testing.ts";

const VIEWER = JSON.stringify({ query: "query Viewer { viewer { id entity } }" });
const RUN = `query ($name: String!) { project(name: "demo", entityName: "local") { run(name: $name) {
  id name displayName state tags config summaryMetrics historyLineCount history sampledHistory(specs: ["{\\"keys\\":[\\"a\\"]}"])
  files { edges { node { name sizeBytes url md5 } } } logLines { edges { node { line level } } } } } }`;
const run = async (server: { url: string }, name: string) =>
  (await ask(server as never, RUN, { name })).project.run;

describe("who is let in", () => {
  const login = (server: { url: string }, headers: Record<string, string>) =>
    send(`${server.url}/graphql`, { headers, body: VIEWER });
  const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString("base64")}` });

  test("on loopback without a key: any key of the right form", async () => {
    const server = await testServer();
    for (const key of [TEST_KEY, `local-${TEST_KEY}`, "aa.bb.cc"]) {
      expect((await login(server, basic(`api:${key}`))).status).toBe(200);
    }
    for (const wrong of ["api:short", `user:${TEST_KEY}`, TEST_KEY, "api:", `api:${TEST_KEY} x`]) {
      const answer = await login(server, basic(wrong));
      expect(answer.status).toBe(401);
      expect(JSON.parse(answer.body)).toEqual({ errors: [{ message: "user is not logged in" }] });
    }
    expect((await login(server, { authorization: "" })).status).toBe(401);
    expect((await login(server, { authorization: `Bearer ${TEST_KEY}` })).status).toBe(401);
  });

  test("with a key: that one alone, everywhere", async () => {
    const server = await testServer({ key: TEST_KEY });
    const other = "o".repeat(40);
    expect((await login(server, basic(`api:${TEST_KEY}`))).status).toBe(200);
    expect((await login(server, basic(`api:${other}`))).status).toBe(401);
    const answer = await send(`${server.url}/files/local/demo/r/file_stream`, { body: "{}", key: other });
    expect(answer.status).toBe(401);
    expect(answer.body).not.toContain(TEST_KEY);
  });

  test("an address that others reach insists on a key", async () => {
    await expect(startServer({ dataDir: temporaryFolder(), host: "0.0.0.0" })).rejects.toThrow(
      /give the key option a key that clients must have/,
    );
    await expect(startServer({ dataDir: temporaryFolder(), key: "short" })).rejects.toThrow(StartError);
  });

  test("a Host that isn't the server's own is refused", async () => {
    const server = await testServer();
    const port = server.port;
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, `[::1]:${port}`]) {
      expect((await login(server, { host, ...basic(`api:${TEST_KEY}`) })).status).toBe(200);
    }
    for (const host of [
      "evil.example",
      `evil.example:${port}`,
      `127.0.0.1:${port + 1}`,
      `127.0.0.1.evil.example:${port}`,
    ]) {
      expect((await login(server, { host, ...basic(`api:${TEST_KEY}`) })).status).toBe(421);
    }
  });
});

describe("bad input gets an answer and harms nothing", () => {
  test.each([
    ["no JSON", "nonsense", 400],
    ["an empty body", "", 400],
    ["a list", "[]", 400],
    ["no query", '{"variables":{}}', 400],
    ["variables that are no object", '{"query":"{viewer{id}}","variables":[]}', 400],
    ["a query that doesn't parse", '{"query":"{"}', 400],
    ["a field that isn't there", '{"query":"{ nonsense }"}', 400],
    ["a query without end", JSON.stringify({ query: `{viewer{${"id ".repeat(50_000)}}}` }), 400],
  ])("%s", async (_, body, status) => {
    const server = await testServer();
    const answer = await send(`${server.url}/graphql`, { body });
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.body).errors[0].message).not.toBe("");
    expect((await send(`${server.url}/graphql`, { body: VIEWER })).status).toBe(200);
  });

  test.each([
    ["a line that isn't JSON", { files: { "wandb-history.jsonl": { offset: 0, content: ["{"] } } }],
    ["a line that is no object", { files: { "wandb-history.jsonl": { offset: 0, content: ["[1]"] } } }],
    ["a negative offset", { files: { "wandb-history.jsonl": { offset: -1, content: ["{}"] } } }],
    ["content that is text", { files: { "wandb-history.jsonl": { offset: 0, content: "{}" } } }],
    ["files that are a list", { files: [] }],
    ["complete as text", { complete: "yes" }],
  ])("a file stream with %s", async (_, body) => {
    const server = await testServer();
    await logRun(server, "r", {}, { files: { "wandb-history.jsonl": { offset: 0, content: ['{"a":1}'] } } });
    expect((await stream(server, "r", body)).status).toBe(400);
    expect((await run(server, "r")).history).toEqual(['{"a":1}']);
  });

  test("bodies have a size limit, packed and unpacked", async () => {
    const server = await testServer({ maxBodyBytes: 10_000 });
    const large = JSON.stringify({ query: `{viewer{id}}${" ".repeat(20_000)}` });
    const gzip = { "content-encoding": "gzip" };
    expect((await send(`${server.url}/graphql`, { body: large })).status).toBe(413);
    expect((await send(`${server.url}/graphql`, { body: gzipSync(large), headers: gzip })).status).toBe(413);
    expect((await send(`${server.url}/graphql`, { body: gzipSync(VIEWER), headers: gzip })).status).toBe(200);
    expect((await send(`${server.url}/graphql`, { body: VIEWER, headers: gzip })).status).toBe(400);
    expect(
      (await send(`${server.url}/graphql`, { body: VIEWER, headers: { "content-type": "text/plain" } }))
        .status,
    ).toBe(415);
  });

  test("paths and methods that aren't there", async () => {
    const server = await testServer();
    expect((await send(`${server.url}/nothing`)).status).toBe(404);
    expect((await send(`${server.url}/graphql`, { method: "GET" })).status).toBe(405);
    expect((await stream(server, "nobody", {})).status).toBe(404);
    expect((await send(`${server.url}/files/%E0%A4%A/x/y/file_stream`, { body: "{}" })).status).toBe(400);
  });
});

describe("what is logged", () => {
  test("is read back to the letter", async () => {
    const server = await testServer();
    const line = '{"z":1.0,"a":NaN,"big":12345678901234567890,"n":{"x":[Infinity]},"t":"\\u00e9<b>"}';
    const config = '{"lr":{"value":1e-3},"_wandb":{"value":{"t":{"1":[1]}}}}';
    await logRun(
      server,
      "r",
      { config, tags: ["x"], displayName: "shown" },
      {
        files: {
          "wandb-history.jsonl": { offset: 0, content: [line] },
          "wandb-summary.json": { offset: 0, content: ['{"old":1}', '{"a":NaN}'] },
          "output.log": {
            offset: 0,
            content: ["2026-01-01T00:00:00.5 hello", "ERROR 2026-01-01T00:00:01 bad"],
          },
        },
        complete: true,
        exitcode: 3,
      },
    );
    expect(await run(server, "r")).toMatchObject({
      name: "r",
      displayName: "shown",
      state: "failed",
      tags: ["x"],
      config,
      summaryMetrics: '{"a":NaN}',
      historyLineCount: 1,
      history: ['{"a":NaN,"big":12345678901234567890,"n":{"x":[Infinity]},"t":"\\u00e9<b>","z":1.0}'],
      sampledHistory: [[{ a: "NaN" }]],
      logLines: {
        edges: [{ node: { line: "hello", level: null } }, { node: { line: "bad", level: "error" } }],
      },
    });
  });

  test("twice is there once, and null leaves a field as it is", async () => {
    const server = await testServer();
    const body = { files: { "wandb-history.jsonl": { offset: 2, content: ['{"a":2}', '{"a":3}'] } } };
    await logRun(
      server,
      "r",
      { notes: "n", groupName: "g" },
      { files: { "wandb-history.jsonl": { offset: 0, content: ['{"a":0}', '{"a":1}'] } } },
    );
    await stream(server, "r", body);
    await stream(server, "r", body);
    await logRun(server, "r", { notes: null, displayName: null });
    const found = await run(server, "r");
    expect(found.history).toHaveLength(4);
    expect(found.historyLineCount).toBe(4);
  });

  test("by a client that stops is running, then crashed", async () => {
    const server = await testServer({ crashedAfter: 50 });
    await logRun(server, "r", {}, {});
    expect((await run(server, "r")).state).toBe("running");
    await expect.poll(async () => (await run(server, "r")).state).toBe("crashed");
  });

  test("a run that is asked to stop is told so", async () => {
    const server = await testServer();
    const id = await logRun(server, "r");
    await ask(server, "mutation ($id: ID!) { stopRun(input: {id: $id}) { success } }", { id });
    expect(JSON.parse((await stream(server, "r", {})).body)).toEqual({ stopped: true });
  });

  test("a run that is deleted takes its lines with it", async () => {
    const server = await testServer();
    const id = await logRun(
      server,
      "r",
      {},
      { files: { "wandb-history.jsonl": { offset: 0, content: ['{"a":0}'] } } },
    );
    await ask(server, "mutation ($id: ID!) { deleteRun(input: {id: $id}) { success } }", { id });
    expect(await run(server, "r")).toBeNull();
    await logRun(server, "r");
    expect((await run(server, "r")).history).toEqual([]);
  });
});

describe("lists are given page by page", () => {
  /** Goes over a connection by its cursors; what a page holds, page by page. */
  async function pages(server: { url: string }, query: string, pick: (data: never) => never, first: number) {
    const found: unknown[][] = [];
    for (let after: string | null = null; ; ) {
      const list: { edges: { node: object }[]; pageInfo: { endCursor: string; hasNextPage: boolean } } = pick(
        (await ask(server as never, query, { first, after })) as never,
      );
      found.push(list.edges.flatMap(({ node }) => Object.values(node)));
      if (!list.pageInfo.hasNextPage) return found;
      after = list.pageInfo.endCursor;
    }
  }
  const PAGE = "pageInfo { endCursor hasNextPage }";

  test("projects of one entity", async () => {
    const server = await testServer();
    for (const modelName of ["a", "b", "c"]) await logRun(server, "r", { modelName });
    await logRun(server, "r", { modelName: "theirs", entityName: "team" });
    const QUERY = `query ($first: Int, $after: String) {
      models(entityName: "local", first: $first, after: $after) { edges { node { name } } ${PAGE} } }`;
    const pick = ({ models }: { models: never }) => models;
    expect(await pages(server, QUERY, pick, 2)).toEqual([["a", "b"], ["c"]]);
    expect(await pages(server, QUERY.replace('"local"', '"nobody"'), pick, 2)).toEqual([[]]);
  });

  test("console lines, from the first and the last", async () => {
    const server = await testServer();
    const content = ["2026-01-02T03:04:05.000001 a", "b", "c", "ERROR 2026-01-02T03:04:06 d", "e"];
    await logRun(server, "r", {}, { files: { "output.log": { offset: 0, content } } });
    const query = (page: string) => `query ($first: Int, $after: String) {
      project(name: "demo", entityName: "local") { run(name: "r") { logLines(${page}) { edges { node { line } } ${PAGE} } } } }`;
    const pick = ({ project }: { project: { run: { logLines: never } } }) => project.run.logLines;
    const paged = query("first: $first, after: $after, useImprovedPagination: true");
    expect(await pages(server, paged, pick, 2)).toEqual([["a", "b"], ["c", "d"], ["e"]]);
    const last = query("last: 2").replace("query ($first: Int, $after: String)", "query");
    expect(await pages(server, last, pick, 2)).toEqual([["d", "e"]]);
  });
});

describe("files", () => {
  const FILE_IDS = `{ project(name: "demo", entityName: "local") { run(name: "r") { files { edges { node { id name } } } } } }`;
  const nodeOf = (edge: { node: { id: string; name: string } }) => edge.node;
  const CREATE = `mutation ($files: [String!]!) { createRunFiles(input: {entityName: "local", projectName: "demo", runName: "r",
    files: $files}) { runID files { name uploadUrl } } }`;

  test("are put without a key at the address the server hands out, and got there", async () => {
    const server = await testServer();
    await logRun(server, "r");
    const names = ["a b.txt", "media/ü/x.json", "..a/b..", "a?b&c#d%"];
    const { files } = (await ask(server, CREATE, { files: names })).createRunFiles;
    for (const { name, uploadUrl } of files) {
      expect(
        (await send(uploadUrl, { method: "PUT", body: `bytes of ${name}`, headers: { authorization: "" } }))
          .status,
      ).toBe(200);
    }
    const found = (await run(server, "r")).files.edges.map((edge: { node: object }) => edge.node);
    expect(found.map((file: { name: string }) => file.name).sort()).toEqual([...names].sort());
    for (const file of found)
      expect((await send(file.url, { method: "GET" })).body).toBe(`bytes of ${file.name}`);
  });

  test("are deleted one by one or with their run, and their bytes with them", async () => {
    const dataDir = temporaryFolder();
    const server = await testServer({ dataDir });
    const bytes = () => readdirSync(join(dataDir, "files")).length;
    const runId = await logRun(server, "r");
    const names = ["a", "b:c/d", "e"];
    for (const { uploadUrl } of (await ask(server, CREATE, { files: names })).createRunFiles.files)
      await send(uploadUrl, { method: "PUT", body: "x" });
    const list = async () => (await ask(server, FILE_IDS)).project.run.files.edges.map(nodeOf);
    const DELETE = "mutation ($files: [ID!]!) { deleteFiles(input: {files: $files}) { success } }";

    const [, second] = await list();
    expect(second.name).toBe("b:c/d");
    await ask(server, DELETE, { files: [second.id] });
    expect((await list()).map((file: { name: string }) => file.name)).toEqual(["a", "e"]);
    expect(bytes()).toBe(2);
    await expect(ask(server, DELETE, { files: [second.id] })).rejects.toThrow(/no file with the id/);
    await ask(server, "mutation ($id: ID!) { deleteRun(input: {id: $id}) { success } }", { id: runId });
    expect(bytes()).toBe(0);
  });

  test("aren't reached with another file's token", async () => {
    const server = await testServer();
    await logRun(server, "r");
    const [first, second] = (await ask(server, CREATE, { files: ["a", "b"] })).createRunFiles.files;
    const stolen = first.uploadUrl.replace(/name=a$/, "name=b");
    expect((await send(stolen, { method: "PUT", body: "x" })).status).toBe(404);
    expect((await send(second.uploadUrl, { method: "GET" })).status).toBe(404);
    expect((await send(second.uploadUrl, { method: "POST", body: "x" })).status).toBe(405);
  });

  test("have a size limit, and a broken upload leaves nothing", async () => {
    const server = await testServer({ maxFileBytes: 100 });
    await logRun(server, "r");
    const [file] = (await ask(server, CREATE, { files: ["a"] })).createRunFiles.files;
    expect((await send(file.uploadUrl, { method: "PUT", body: "x".repeat(101) })).status).toBe(413);
    expect((await run(server, "r")).files.edges).toEqual([]);
  });
});

describe("listing", () => {
  const LIST = `query ($filters: JSONString, $order: String, $first: Int, $after: String) { project(name: "demo", entityName: "local") {
    runCount(filters: $filters)
    runs(filters: $filters, order: $order, first: $first, after: $after) { edges { cursor node { name } } pageInfo { hasNextPage endCursor } } } }`;

  test("goes page by page in the order asked for", async () => {
    const server = await testServer();
    for (const [name, lr] of [
      ["a", 3],
      ["b", 1],
      ["c", 2],
    ])
      await logRun(server, String(name), { config: `{"lr":{"value":${lr}}}` });
    const variables = { order: "-config.lr.value", filters: '{"config.lr":{"$gte":1}}', first: 2 };
    const first = (await ask(server, LIST, variables)).project;
    expect(first.runCount).toBe(3);
    expect(first.runs.edges.map((edge: { node: { name: string } }) => edge.node.name)).toEqual(["a", "c"]);
    expect(first.runs.pageInfo.hasNextPage).toBe(true);
    const second = (await ask(server, LIST, { ...variables, after: first.runs.edges[1].cursor })).project;
    expect(second.runs.edges.map((edge: { node: { name: string } }) => edge.node.name)).toEqual(["b"]);
    expect(second.runs.pageInfo.hasNextPage).toBe(false);
  });

  test.each([
    [{ filters: '{"state":{"$near":1}}' }, /\$near/],
    [{ filters: '{"nonsense":1}' }, /nonsense/],
    [{ filters: "{" }, /JSON/],
    [{ order: "nonsense" }, /nonsense/],
    [{ after: "nonsense" }, /cursor/],
  ])("%j is an error that names it", async (variables, message) => {
    const server = await testServer();
    await logRun(server, "r");
    await expect(ask(server, LIST, variables)).rejects.toThrow(message);
  });
});

describe("the data folder", () => {
  test("belongs to one server at a time, and to the next one after it", async () => {
    const dataDir = temporaryFolder();
    const first = await startServer({ dataDir });
    await logRun(first, "r");
    await expect(startServer({ dataDir })).rejects.toThrow(/in use by another lazyruns-server/);
    await first.close();
    const second = await testServer({ dataDir });
    expect((await run(second, "r")).name).toBe("r");
  });

  test("of a server that was killed holds all that it acknowledged, and opens at once", async () => {
    const dataDir = temporaryFolder();
    const { child, url } = await startProcess(["--data", dataDir]);
    const server = { url, host: "127.0.0.1", port: 0, close: async () => undefined };
    await logRun(server, "r");
    let acknowledged = 0;
    const writing = (async () => {
      for (let line = 0; ; line++) {
        const body = { files: { "wandb-history.jsonl": { offset: line, content: [`{"_step":${line}}`] } } };
        if ((await stream(server, "r", body)).status !== 200) throw new Error("refused");
        acknowledged = line + 1;
      }
    })();
    const ended = expect(writing).rejects.toThrow();
    await expect.poll(() => acknowledged, { timeout: 10_000 }).toBeGreaterThan(50);
    child.kill("SIGKILL");
    await ended;

    const next = await testServer({ dataDir });
    const { historyLineCount, history } = await run(next, "r");
    expect(historyLineCount).toBeGreaterThanOrEqual(acknowledged);
    expect(history.length).toBe(Math.min(500, historyLineCount));
  });

  test("is refused to a second process with a clear message", async () => {
    const dataDir = temporaryFolder();
    await startProcess(["--data", dataDir]);
    const { code, stderr } = await runProcess(["--data", dataDir, "--port", "0"]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^lazyruns-server: .* is in use by another lazyruns-server\. .*\n$/);
  });
});

describe("close", () => {
  test("answers what is under way, and waits for no client that keeps its connection", async () => {
    let arrived: () => void = () => undefined;
    const isUnderWay = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const server = await startServer({
      dataDir: temporaryFolder(),
      intercept: async () => {
        arrived();
        await released;
        return undefined;
      },
    });
    const silent = connect(server.port, server.host);
    onTestFinished(() => void silent.destroy());
    const silentEnded = new Promise((resolve) => silent.once("close", resolve));
    silent.resume();
    await new Promise((resolve) => silent.once("connect", resolve));

    const agent = new Agent({ keepAlive: true });
    onTestFinished(() => agent.destroy());
    const answered = new Promise<number | undefined>((resolve, reject) => {
      const authorization = `Basic ${Buffer.from(`api:${TEST_KEY}`).toString("base64")}`;
      const options = { agent, method: "POST", headers: { authorization } };
      const request = httpRequest(`${server.url}/graphql`, options, (response) => {
        response.resume().once("end", () => resolve(response.statusCode));
      });
      request.once("error", reject);
      request.end(VIEWER);
    });
    await isUnderWay;
    const closed = server.close();
    release();
    // Node's own close takes the 60 seconds of the server's keep-alive here; the test's limit is 5.
    expect(await answered).toBe(200);
    await closed;
    await silentEnded;
  });
});

describe("the command", () => {
  test.each([
    [[], /--data DIR is missing/],
    [["--data", "DIR", "--port", "http"], /--port http/],
    [["--data", "DIR", "--host", "0.0.0.0", "--port", "0"], /give --key \(or LAZYRUNS_SERVER_KEY\) a key/],
    [["--nonsense"], /--nonsense.*--help/],
    [["--data", "DIR", "stray"], /stray: what is this for/],
    [["--data", "DIR", "--port", "0", "--import", "/no/such"], /--import \/no\/such can't be read/],
  ])("%j is refused with code 2", async (args, message) => {
    const dataDir = temporaryFolder();
    const { code, stderr } = await runProcess(args.map((arg) => (arg === "DIR" ? dataDir : arg)));
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain("    at ");
  });

  test("says its version", async () => {
    const { code, stdout } = await runProcess(["--version"]);
    expect([code, stdout]).toEqual([0, `${manifest.version}\n`]);
  });

  test("prints settings that can be used as they stand", async () => {
    const { url, output } = await startProcess(["--data", temporaryFolder()]);
    await expect.poll(output).toMatch(/WANDB_API_KEY=\S+ python train\.py\n/);
    const [, baseUrl, key] = /WANDB_BASE_URL=(\S+) WANDB_API_KEY=(\S+) python/.exec(output()) ?? [];
    expect(baseUrl).toBe(url);
    expect((await send(`${baseUrl}/graphql`, { body: VIEWER, ...(key && { key }) })).status).toBe(200);
    expect(output()).toContain(`apiKey: "${key}"`);
  });

  test("says an address that others reach, and answers to the names it is given", async () => {
    const args = ["--data", temporaryFolder(), "--host", "0.0.0.0", "--allow-host", "runs.example"];
    const { url } = await startProcess(args, { LAZYRUNS_SERVER_KEY: TEST_KEY });
    expect(url).not.toContain("0.0.0.0");
    const status = async (headers: Record<string, string>) =>
      (await send(`${url}/graphql`, { body: VIEWER, headers })).status;
    expect([await status({}), await status({ host: "runs.example" })]).toEqual([200, 200]);
    expect(await status({ host: "other.example" })).toBe(421);
  });

  test("takes the key from the environment, never shows it, and ends on SIGTERM", async () => {
    const { child, url, output } = await startProcess(["--data", temporaryFolder()], {
      LAZYRUNS_SERVER_KEY: TEST_KEY,
    });
    expect((await send(`${url}/graphql`, { body: VIEWER })).status).toBe(200);
    expect((await send(`${url}/graphql`, { body: VIEWER, key: "o".repeat(40) })).status).toBe(401);
    const ended = new Promise((resolve) => child.once("close", resolve));
    child.kill("SIGTERM");
    expect(await ended).toBe(0);
    expect(output()).not.toContain(TEST_KEY);
  });
});

const BIN = fileURLToPath(new URL("../bin/lazyruns-server.mjs", import.meta.url));

function startProcess(
  args: string[],
  env: Record<string, string> = {},
): Promise<{ child: ChildProcess; url: string; output: () => string }> {
  const child = spawn(process.execPath, [BIN, "--port", "0", ...args], { env: { ...process.env, ...env } });
  onTestFinished(() => void child.kill("SIGKILL"));
  return new Promise((resolve, reject) => {
    let text = "";
    const take = (chunk: Buffer) => {
      text += chunk;
      const url = /^Lazyruns server at (\S+)$/m.exec(text)?.[1];
      if (url !== undefined) resolve({ child, url, output: () => text });
    };
    child.stdout?.on("data", take);
    child.stderr?.on("data", take);
    child.once("close", () => reject(new Error(`the server ended: ${text}`)));
  });
}

function runProcess(args: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [BIN, ...args]);
  return new Promise((resolve) => {
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (chunk: Buffer) => {
      stdout += chunk;
    });
    child.stderr.on("data", (chunk: Buffer) => {
      stderr += chunk;
    });
    child.once("close", (code) => resolve({ code, stdout, stderr }));
  });
}
