import { hostname, networkInterfaces } from "node:os";
import { describe, expect, test } from "vitest";
import { HttpError, StartError } from "../errors.ts";
import { startServer } from "../server.ts";
import { send, TEST_KEY, temporaryFolder, testServer } from "../testing.ts";
import { checkHost, reachableHost } from "./host.ts";

const ADDRESSES = Object.values(networkInterfaces()).flatMap((found) => found ?? []);
const OPEN = { host: "0.0.0.0", port: 8080 };

describe("checkHost", () => {
  test.each([
    "127.0.0.1:8080",
    "LOCALHOST:8080",
    "[::1]:8080",
    "0.0.0.0:8080",
    `${hostname()}:8080`,
    ...ADDRESSES.map(({ address, family }) => `${family === "IPv6" ? `[${address}]` : address}:8080`),
  ])("a server for others is called %s", (header) => {
    expect(checkHost(header, OPEN)).toBe(`http://${header.toLowerCase()}`);
  });

  test.each([
    undefined,
    "",
    "evil.example:8080",
    "evil.example",
    "127.0.0.1:8081",
    "127.0.0.1",
    "a@127.0.0.1:8080",
  ])("and not %s", (header) => {
    expect(() => checkHost(header, OPEN)).toThrow(HttpError);
  });

  test("a name that is allowed counts at any port, one with a port at that one", () => {
    const bound = { ...OPEN, allowHosts: ["Runs.example", "proxy.example:80"] };
    for (const header of ["runs.example", "runs.example:1", "proxy.example", "proxy.example:80"])
      expect(checkHost(header, bound)).toBe(`http://${header}`);
    for (const header of ["x.runs.example", "proxy.example:8080"])
      expect(() => checkHost(header, bound)).toThrow(HttpError);
  });

  test("on loopback the machine's other names don't count", () => {
    expect(() => checkHost(`${hostname()}:8080`, { host: "127.0.0.1", port: 8080 })).toThrow(HttpError);
    expect(checkHost("localhost", { host: "127.0.0.1", port: 80 })).toBe("http://localhost");
  });
});

test("a server for others says an address that can be reached, and refuses others' names", async () => {
  const server = await testServer({ host: "0.0.0.0", key: TEST_KEY, allowHosts: ["runs.example"] });
  expect(server.url).toBe(`http://${reachableHost("0.0.0.0")}:${server.port}`);
  expect(server.url).not.toContain("0.0.0.0");
  const status = async (host: string) => {
    const body = JSON.stringify({ query: "{ viewer { id } }" });
    return (await send(`http://127.0.0.1:${server.port}/graphql`, { headers: { host }, body })).status;
  };
  expect(await status(`evil.example:${server.port}`)).toBe(421);
  expect(await status(`127.0.0.1:${server.port}`)).toBe(200);
  expect(await status("runs.example")).toBe(200);
});

test.each(["a.b.c", "short", "k".repeat(39)])("the key %s is too short for a server", async (key) => {
  await expect(startServer({ dataDir: temporaryFolder(), host: "0.0.0.0", key })).rejects.toThrow(StartError);
});
