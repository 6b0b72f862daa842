import { readdirSync } from "node:fs";
import { createServer } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { startServer, TIMEOUTS } from "../server.ts";
import { ask, logRun, send, TEST_KEY, temporaryFolder, testServer } from "../testing.ts";
import { drainable } from "./drain.ts";

const CREATE = `mutation { createRunFiles(input: {entityName: "local", projectName: "demo", runName: "r", files: ["a"]}) {
  files { uploadUrl } } }`;
const BODY = JSON.stringify({ query: "{ viewer { id } }" });
const POST = [
  "POST /graphql HTTP/1.1",
  "Host: HOST",
  `Authorization: Basic ${Buffer.from(`api:${TEST_KEY}`).toString("base64")}`,
  `Content-Length: ${BODY.length}`,
  "",
  BODY,
].join("\r\n");

/** A connection that says what a test wants, and all that came back. */
async function dial(port: number): Promise<{ socket: Socket; text: () => string; ended: Promise<void> }> {
  const socket = connect(port, "127.0.0.1");
  onTestFinished(() => void socket.destroy());
  let text = "";
  socket.on("data", (chunk) => {
    text += chunk;
  });
  socket.on("error", () => undefined); // being cut off is one way to end
  const ended = new Promise<void>((resolve) => void socket.once("close", () => resolve()));
  await new Promise((resolve) => socket.once("connect", resolve));
  return { socket, text: () => text, ended };
}

/** Begins an upload of 1000 bytes, and waits until the server takes it. */
async function beginUpload(server: Awaited<ReturnType<typeof testServer>>, dataDir: string) {
  await logRun(server, "r");
  const [{ uploadUrl }] = (await ask(server, CREATE)).createRunFiles.files;
  const { pathname, search, host } = new URL(uploadUrl);
  const connection = await dial(server.port);
  connection.socket.write(
    `PUT ${pathname}${search} HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 1000\r\n\r\n`,
  );
  connection.socket.write("x".repeat(10));
  await expect.poll(() => readdirSync(join(dataDir, "files"))).toHaveLength(1);
  return connection;
}

describe("close", () => {
  test("doesn't wait for an upload that has stalled, and leaves nothing of it", async () => {
    const dataDir = temporaryFolder();
    const server = await startServer({ dataDir });
    const { ended } = await beginUpload(server, dataDir);
    const started = performance.now();
    await server.close();
    await ended;
    expect(performance.now() - started).toBeLessThan(3000);
    expect(readdirSync(join(dataDir, "files"))).toEqual([]);
  });

  test("answers all requests that came over one connection", async () => {
    const held: (() => void)[] = [];
    const server = await startServer({
      dataDir: temporaryFolder(),
      intercept: () => new Promise((resolve) => held.push(() => resolve(undefined))),
    });
    const { socket, text, ended } = await dial(server.port);
    socket.write(POST.replace("HOST", new URL(server.url).host).repeat(2));
    await expect.poll(() => held.length).toBe(2);
    const closed = server.close();
    held[0]?.();
    await expect.poll(() => text().match(/HTTP\/1\.1 200/g)).toHaveLength(1);
    held[1]?.();
    await closed;
    await ended;
    expect(text().match(/HTTP\/1\.1 200/g)).toHaveLength(2);
  });

  test("gives up on what isn't answered in time", async () => {
    const server = createServer();
    let arrived = false;
    const handle = () => {
      arrived = true;
      return new Promise<void>(() => undefined);
    };
    const drain = drainable(server, handle, 50);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { socket, ended } = await dial((server.address() as AddressInfo).port);
    socket.write(POST);
    await expect.poll(() => arrived).toBe(true);
    await drain();
    await ended;
  });
});

describe("time limits", () => {
  test("no request as a whole has one, its headers have", () => {
    const server = createServer(TIMEOUTS);
    expect([server.requestTimeout, server.headersTimeout]).toEqual([0, 60_000]);
  });

  test("an upload that goes on has none, one that stalls is cut off", async () => {
    const dataDir = temporaryFolder();
    const server = await testServer({ dataDir, idleTimeout: 400 });
    const { socket, text, ended } = await beginUpload(server, dataDir);
    const started = performance.now();
    while (performance.now() - started < 1000) {
      await new Promise((resolve) => setTimeout(resolve, 50)); // the pace of a slow client
      socket.write("x");
    }
    expect([socket.destroyed, text()]).toEqual([false, ""]);
    await ended;
    expect(text()).not.toContain(" 200 ");
    await expect.poll(() => readdirSync(join(dataDir, "files"))).toEqual([]);
    expect((await send(`${server.url}/graphql`, { body: BODY })).status).toBe(200);
  });
});
