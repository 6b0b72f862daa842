import { connect } from "node:net";
import { expect, test } from "vitest";
import { type LocalServer, startServer } from "../server.ts";
import { ask, logRun, send, TEST_KEY, temporaryFolder, testServer } from "../testing.ts";

const AUTHORIZATION = `Basic ${Buffer.from(`api:${TEST_KEY}`).toString("base64")}`;

/** Posts as many clients do: the answer isn't looked at before all is sent. */
function postBlindly(server: LocalServer, head: string, body: Buffer[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port: server.port, host: server.host });
    let answer = "";
    socket.pause();
    socket.on("data", (chunk: Buffer) => {
      answer += chunk;
    });
    socket.once("error", reject);
    socket.once("close", () => resolve(answer));
    socket.write(`POST /graphql HTTP/1.1\r\nhost: 127.0.0.1:${server.port}\r\n${head}\r\n\r\n`);
    for (const part of body) socket.write(part);
    socket.write("", () => socket.resume());
  });
}

const PART = Buffer.alloc(2 ** 20, " ");
const PARTS = Array.from({ length: 32 }, () => PART);
const CHUNKS = [
  ...PARTS.flatMap((part) => [Buffer.from(`${part.length.toString(16)}\r\n`), part, Buffer.from("\r\n")]),
  Buffer.from("0\r\n\r\n"),
];

test.each([
  [
    "of a length it names",
    `content-length: ${PART.length * PARTS.length}\r\nauthorization: ${AUTHORIZATION}`,
    PARTS,
    413,
  ],
  ["in chunks", `transfer-encoding: chunked\r\nauthorization: ${AUTHORIZATION}`, CHUNKS, 413],
  ["without a key", `content-length: ${PART.length * PARTS.length}`, PARTS, 401],
])(
  "a client that sends a large body %s to its end can read why it is refused",
  async (_, head, body, status) => {
    const server = await testServer({ maxBodyBytes: 10_000 });
    const answer = await postBlindly(server, head, body);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(answer).toContain(status === 413 ? "larger than 10000 bytes" : "not logged in");
  },
);

test("an upload that is too large, in chunks, is told so", async () => {
  const server = await testServer({ maxFileBytes: 100 });
  await logRun(server, "r");
  const CREATE = `mutation { createRunFiles(input: {projectName: "demo", runName: "r", files: ["a"]}) { files { uploadUrl } } }`;
  const { uploadUrl } = (await ask(server, CREATE)).createRunFiles.files[0];
  const headers = { "transfer-encoding": "chunked" };
  expect((await send(uploadUrl, { method: "PUT", body: "x".repeat(500), headers })).status).toBe(413);
});

test("a fork is refused with a word what to do, and makes no run", async () => {
  const server = await testServer();
  const config = '{"_wandb":{"value":{"branch_point":{"run_id":"base","step":5}}}}';
  await expect(logRun(server, "fork", { config })).rejects.toThrow(/can't fork a run \(fork_from\)/);
  const { project } = await ask(server, '{ project(name: "demo") { run(name: "fork") { id } } }');
  expect(project?.run ?? null).toBeNull();
});

test("an empty host is refused", async () => {
  await expect(startServer({ dataDir: temporaryFolder(), host: "" })).rejects.toThrow("The host is empty");
});

test("the addresses that the Python client prints say what is there, and how it is read", async () => {
  const server = await testServer();
  const files = { "wandb-history.jsonl": { offset: 0, content: ["{}"] } };
  await logRun(server, "r", { displayName: "<b>shown" }, { files, complete: true });
  const get = (path: string) =>
    send(`${server.url}${path}`, { method: "GET", headers: { authorization: "" } });
  const page = await get("/local/demo/runs/r");
  expect([page.status, page.headers["content-type"]]).toEqual([200, "text/plain; charset=utf-8"]);
  expect(page.body).toContain("Run <b>shown (r) of local/demo: finished, 1 row");
  expect(page.body).toContain('wandb.Api().runs("local/demo", filters={"name":"r"})');
  expect((await get("/local/demo")).body).toContain("Project local/demo: 1 run");
  expect((await get("/local/demo/runs/none")).status).toBe(404);
  expect((await get("/local/none")).status).toBe(404);
});

test("with a key the addresses are shown to who has it, and a browser is told to ask", async () => {
  const server = await testServer({ key: TEST_KEY });
  await logRun(server, "r");
  const url = `${server.url}/local/demo/runs/r`;
  const refused = await send(url, { method: "GET", headers: { authorization: "" } });
  expect([refused.status, refused.headers["www-authenticate"]]).toEqual([
    401,
    expect.stringMatching(/^Basic realm/),
  ]);
  expect(refused.body).not.toContain("demo");
  expect((await send(url, { method: "GET" })).status).toBe(200);
});
