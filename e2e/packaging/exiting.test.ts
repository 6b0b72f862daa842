import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ROOT, runNode } from "./pack.ts";

const KEY = "local-test-key-0123456789-0123456789-0123456789";

const server = createServer((request, response) => {
  request.resume();
  response.setHeader("keep-alive", "timeout=600");
  response.end('{"data":{"a":1}}');
});
let baseUrl: string;

beforeAll(async () => {
  server.keepAliveTimeout = 600_000;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** A program that makes many `Api` objects, asks once by each, and ends without closing any. */
const program = (count: number) => `
  import { Api } from ${JSON.stringify(path.join(ROOT, "packages/core/dist/index.mjs"))};
  for (let i = 0; i < ${count}; i++) {
    const api = new Api({ baseUrl: ${JSON.stringify(baseUrl)}, apiKey: ${JSON.stringify(KEY)} });
    await api.service.execute({ query: "query Q { a }", variables: {}, details: {} });
  }
  const asked = performance.now();
  process.on("exit", () => console.log(JSON.stringify({
    lingered: performance.now() - asked,
    sockets: process.getActiveResourcesInfo().filter((name) => name.startsWith("TCPSocket")).length,
  })));
`;

test.each([1, 1_000])(
  "a program that forgets to close %i Api objects ends by itself, at once",
  async (count) => {
    const { stdout, stderr } = await runNode(["--input-type=module", "--eval", program(count)], ROOT);
    const { lingered, sockets } = JSON.parse(stdout);
    expect(stderr).toBe("");
    expect(lingered).toBeLessThan(2_000);
    expect(sockets).toBeLessThanOrEqual(1);
  },
);
