import { createServer } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { inspect } from "node:util";
import { Agent } from "undici";
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { ConfigurationError, InvalidArgumentError } from "../errors.ts";
import { Service } from "../graphql/service.ts";
import { faultServer, TEST_KEY } from "../testing/fault-server.ts";
import { findProxy } from "./proxy.ts";

const NAMES = ["http_proxy", "https_proxy", "no_proxy", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY"];

beforeEach(() => {
  for (const name of NAMES) vi.stubEnv(name, undefined);
});
afterEach(() => vi.unstubAllEnvs());

test.each([
  ["https://a.example", { HTTPS_PROXY: "http://p:1", HTTP_PROXY: "http://q:1" }, "http://p:1/"],
  ["http://a.example", { HTTPS_PROXY: "http://p:1", HTTP_PROXY: "http://q:1" }, "http://q:1/"],
  ["https://a.example", { HTTP_PROXY: "http://q:1" }, undefined],
  ["https://a.example", { HTTPS_PROXY: "http://p:1", https_proxy: "http://small:1" }, "http://small:1/"],
  ["https://a.example", { HTTPS_PROXY: "", https_proxy: "" }, undefined],
  ["https://a.example", { HTTPS_PROXY: "proxy.example:3128" }, "http://proxy.example:3128/"],
  ["http://127.0.0.1:80", { HTTP_PROXY: "http://q:1" }, undefined],
  ["http://localhost:80", { HTTP_PROXY: "http://q:1" }, undefined],
  ["http://[::1]:80", { HTTP_PROXY: "http://q:1" }, undefined],
  ["https://a.example", {}, undefined],
])("%s with %o goes by %s", (origin, env, expected) => {
  expect(findProxy(new URL(origin), env)?.url).toBe(expected);
});

test.each(["http://", "socks5://user:secret@host:1", "http://user:secret@ho st"])(
  "%s is refused as a proxy, and not repeated",
  async (proxy) => {
    vi.stubEnv("HTTP_PROXY", proxy);
    const service = new Service({ baseUrl: "http://a.example", apiKey: TEST_KEY });
    const error = await service.execute({ query: "q", variables: {}, details: {} }).catch((error) => error);
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(inspect(error, { depth: null })).not.toContain("secret");
    await service.close();
  },
);

/** A proxy that answers by itself to plain requests and refuses tunnels, or tunnels all to one address. */
async function startProxy(target?: string) {
  const asked: { line: string; headers: NodeJS.Dict<string | string[]> }[] = [];
  const sockets = new Set<Socket>();
  const server = createServer(({ method, url, headers }, response) => {
    asked.push({ line: `${method} ${url}`, headers });
    response.end('{"data":{"by":"proxy"}}');
  });
  server.on("connect", ({ url, headers }, socket: Socket) => {
    asked.push({ line: `CONNECT ${url}`, headers });
    if (target === undefined) return socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
    const { hostname, port } = new URL(target);
    const onward = connect(Number(port), hostname, () => {
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      onward.pipe(socket).pipe(onward);
    });
    sockets.add(onward);
    for (const end of [onward, socket]) end.on("error", () => undefined);
    return undefined;
  });
  server.on("connection", (socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { url: `http://user:pa%3Ass@127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

async function ask(baseUrl: string, options = {}) {
  const service = new Service({ baseUrl, apiKey: TEST_KEY, maxRetries: 0, ...options });
  onTestFinished(() => service.close());
  return service.execute({ query: "q", variables: {}, details: {} });
}

describe("through a proxy", () => {
  test("plain http is forwarded, with the proxy's own credentials", async () => {
    const proxy = await startProxy();
    vi.stubEnv("HTTP_PROXY", proxy.url);
    expect((await ask("http://wandb.example/base")).data).toEqual({ by: "proxy" });
    expect(proxy.asked[0]?.line).toBe("POST http://wandb.example/base/graphql");
    expect(proxy.asked[0]?.headers["proxy-authorization"]).toBe(`Basic ${btoa("user:pa:ss")}`);
    expect(proxy.asked[0]?.headers.host).toBe("wandb.example");
  });

  test("https goes through a tunnel that sees no key", async () => {
    const proxy = await startProxy();
    vi.stubEnv("https_proxy", proxy.url);
    await expect(ask("https://wandb.example")).rejects.toThrow(/wandb\.example can't be reached.*403/);
    expect(proxy.asked[0]?.line).toBe("CONNECT wandb.example:443");
    expect(proxy.asked[0]?.headers.authorization).toBeUndefined();
  });

  test.each([
    ["wandb.invalid", "http://wandb.invalid"],
    [".wandb.invalid", "http://api.wandb.invalid"],
    ["*.wandb.invalid", "http://api.wandb.invalid"],
    ["wandb.invalid:80", "http://wandb.invalid"],
    ["other.example, WANDB.invalid", "http://wandb.invalid"],
    ["*", "http://wandb.invalid"],
  ])("NO_PROXY=%s: not for %s", async (noProxy, url) => {
    const proxy = await startProxy();
    vi.stubEnv("HTTP_PROXY", proxy.url);
    vi.stubEnv("NO_PROXY", noProxy);
    await expect(ask(url)).rejects.toThrow(/can't be reached/); // there is no such host
    expect(proxy.asked).toEqual([]);
  });

  test.each([
    ["wandb.invalid:8080", "http://wandb.invalid"],
    ["api.wandb.invalid", "http://wandb.invalid"],
    ["wandb.invalid", "http://notwandb.invalid"],
  ])("NO_PROXY=%s: for %s all the same", async (noProxy, url) => {
    const proxy = await startProxy();
    vi.stubEnv("HTTP_PROXY", proxy.url);
    vi.stubEnv("no_proxy", noProxy);
    expect((await ask(url)).data).toEqual({ by: "proxy" });
  });

  test("the own machine is reached without it", async () => {
    const proxy = await startProxy();
    vi.stubEnv("HTTP_PROXY", proxy.url);
    const { service } = await faultServer(() => ({ a: 1 }));
    await service.execute({ query: "q", variables: {}, details: {} });
    expect(proxy.asked).toEqual([]);
  });
});

describe("a dispatcher of one's own", () => {
  test("sends, and stays open", async () => {
    const server = await faultServer(() => ({ a: 1 }));
    const dispatcher = new Agent();
    onTestFinished(() => dispatcher.close());
    const dispatch = vi.spyOn(dispatcher, "dispatch");
    const service = new Service({ baseUrl: server.url, apiKey: TEST_KEY, dispatcher });
    await service.execute({ query: "q", variables: {}, details: {} });
    expect(dispatch).toHaveBeenCalledTimes(1);
    await service.close();
    expect(dispatcher.closed).toBe(false);
  });

  test("is shared by a service with another key, and its end is said", async () => {
    const server = await faultServer(() => ({ a: 1 }));
    const dispatcher = new Agent();
    const service = new Service({ baseUrl: server.url, apiKey: TEST_KEY, dispatcher, retryDelay: 1 });
    const other = service.withKey(TEST_KEY.replace("test", "more"));
    await dispatcher.close();
    const work = other.execute({ query: "q", variables: {}, details: {} });
    await expect(work).rejects.toThrow(ConfigurationError);
    await service.close();
  });

  test.each([null, 7, {}, "agent"])("%o is none", (dispatcher) => {
    expect(() => new Service({ apiKey: TEST_KEY, dispatcher: dispatcher as never })).toThrow(
      InvalidArgumentError,
    );
  });
});
