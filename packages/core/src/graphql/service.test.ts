import { inspect } from "node:util";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import {
  AuthenticationError,
  ConfigurationError,
  InvalidArgumentError,
  LazyrunsError,
  NetworkError,
  NotFoundError,
  PermissionError,
  ProtocolError,
  RateLimitError,
  ServerError,
  TimeoutError,
} from "../errors.ts";
import { type FaultHandler, faultServer, TEST_KEY } from "../testing/fault-server.ts";
import { collectGarbage } from "../testing/garbage.ts";
import type { RawAnswer } from "../transport/post.ts";
import { Service } from "./service.ts";

const DETAILS = { operation: "listing the runs", entity: "team", project: "digits" };
const ask = (service: Service, signal?: AbortSignal) =>
  service.execute({
    query: "query Q { a }",
    variables: { n: 12345678901234567890n },
    details: DETAILS,
    signal,
  });

async function failure(
  handler: FaultHandler,
  options = {},
): Promise<{ error: LazyrunsError; count: number }> {
  const { service, requests } = await faultServer(handler, options);
  try {
    await ask(service);
  } catch (error) {
    if (error instanceof LazyrunsError) return { error, count: requests.length };
    throw error;
  }
  throw new Error("nothing was thrown");
}

test("sends the key to the base URL, and takes gzip", async () => {
  const { service, requests } = await faultServer((_, response) => {
    response.setHeader("content-encoding", "gzip");
    response.end(gzipSync('{"data":{"a":[NaN,12345678901234567890]}}'));
    return undefined;
  });
  expect((await ask(service)).data).toEqual({ a: [Number.NaN, 12345678901234567890n] });
  expect(requests[0]?.headers.authorization).toBe(`Basic ${btoa(`api:${TEST_KEY}`)}`);
  expect(requests[0]?.headers["accept-encoding"]).toBe("gzip");
});

describe("an answer that is final is not asked for again", () => {
  test.each([
    [401, AuthenticationError],
    [403, PermissionError],
    [404, NotFoundError],
    [400, ServerError],
    [413, ServerError],
    [302, ProtocolError],
  ])("HTTP %i", async (status, kind) => {
    const { error, count } = await failure((_, response) => {
      response.statusCode = status;
      response.setHeader("location", "https://elsewhere.example/login?x=1");
      response.end('{"errors":[{"message":"because of that"}]}');
      return undefined;
    });
    expect(error).toBeInstanceOf(kind);
    expect(error).toMatchObject({
      status,
      tries: 1,
      entity: "team",
      project: "digits",
      operation: "listing the runs",
    });
    expect(error.message).toContain("team/digits");
    if (status >= 400) expect(error.message).toContain("because of that");
    else expect(error.message).toContain("https://elsewhere.example)");
    expect(count).toBe(1);
  });

  test.each([
    ["permission denied", PermissionError],
    ["project not found", NotFoundError],
    ["user is not logged in", AuthenticationError],
    ["query is too complex", ServerError],
    ["something else", ServerError],
  ])("GraphQL errors in a 200: %s", async (message, kind) => {
    const { error, count } = await failure((_, response) => {
      response.end(JSON.stringify({ data: { a: 1 }, errors: [{ message }] }));
      return undefined;
    });
    expect(error).toBeInstanceOf(kind);
    expect(error.message).toContain(message);
    expect(count).toBe(1);
  });

  test.each(["<html>login</html>", "", "[]", "{}", '{"data":null}', '{"data":'])(
    "a body that is no answer: %s",
    async (body) => {
      const { error } = await failure((_, response) => {
        response.end(body);
        return undefined;
      });
      expect(error).toBeInstanceOf(ProtocolError);
    },
  );
});

describe("a failure that may pass is tried again", () => {
  const faults: [string, FaultHandler, unknown][] = [
    ["HTTP 500", (_, response) => void response.writeHead(500).end(), ServerError],
    ["HTTP 503", (_, response) => void response.writeHead(503).end("busy"), ServerError],
    [
      "HTTP 429",
      (_, response) => void response.writeHead(429, { "retry-after": "0.01" }).end(),
      RateLimitError,
    ],
    ["a reset before the answer", (_, response) => void response.socket?.destroy(), NetworkError],
    [
      "a reset in the middle of the body",
      (_, response) => {
        response.writeHead(200, { "content-length": "1000" });
        response.write('{"data":', () => response.socket?.destroy());
        return undefined;
      },
      NetworkError,
    ],
    [
      "gzip that breaks off",
      (_, response) => {
        response.setHeader("content-encoding", "gzip");
        response.end(gzipSync('{"data":{"a":1}}').subarray(0, 20));
        return undefined;
      },
      NetworkError,
    ],
    ["a hang", () => undefined, TimeoutError],
  ];

  test.each(faults)("%s: once, then it is there", async (_, fault) => {
    const { service, requests } = await faultServer(
      (request, response) => (request.number === 1 ? fault(request, response) : { a: 1 }),
      { timeout: 300 },
    );
    expect((await ask(service)).data).toEqual({ a: 1 });
    expect(requests).toHaveLength(2);
  });

  test.each(faults)("%s: for good", async (_, fault, kind) => {
    const { error, count } = await failure(fault, { maxRetries: 1, timeout: 300 });
    expect(error).toBeInstanceOf(kind);
    expect(error.tries).toBe(2);
    expect(error.message).toContain("2 tries");
    expect(count).toBe(2);
  });

  test("a server that isn't there", async () => {
    const service = new Service({ baseUrl: "http://127.0.0.1:1", apiKey: TEST_KEY, maxRetries: 1 });
    await expect(ask(service)).rejects.toThrow(/127\.0\.0\.1:1 can't be reached after 2 tries.*ECONNREFUSED/);
    await expect(ask(service)).rejects.toBeInstanceOf(NetworkError);
  });
});

test("a signal ends a request that is under way, with its reason", async () => {
  const stop = new AbortController();
  const { service } = await faultServer(() => {
    stop.abort(new Error("enough"));
    return undefined;
  });
  await expect(ask(service, stop.signal)).rejects.toThrow("enough");
});

test("the key shows nowhere, though the server repeats it", async () => {
  const { error } = await failure((request, response) => {
    response.statusCode = 400;
    response.end(
      JSON.stringify({ errors: [{ message: `bad ${TEST_KEY} ${request.headers.authorization}` }] }),
    );
    return undefined;
  });
  const { service } = await faultServer(() => ({}));
  const shown = [
    inspect(error, { depth: 9, showHidden: true }),
    inspect(service, { depth: 9, showHidden: true }),
    JSON.stringify(service),
  ].join();
  expect(shown).toContain("[API key]");
  expect(shown).not.toContain(TEST_KEY);
  expect(shown).not.toContain(btoa(`api:${TEST_KEY}`));
});

test("a closed connection says so", async () => {
  const { service } = await faultServer(() => ({ a: 1 }));
  const other = service.withKey(TEST_KEY.replace("test", "more"));
  await ask(other);
  expect(service.withKey(TEST_KEY)).toBe(service);
  expect(service.withKey(TEST_KEY.replace("test", "more"))).toBe(other);
  await service.close();
  await expect(ask(service)).rejects.toThrow(ConfigurationError);
  await expect(ask(other)).rejects.toThrow(/closed/);
});

test("another key's connection is held no longer than it is used", async () => {
  const { service } = await faultServer(() => ({ a: 1 }));
  const used: WeakRef<Service>[] = [];
  for (let i = 0; i < 20; i++) {
    const other = service.withKey(TEST_KEY.replace("test", `t${i}`));
    await ask(other);
    used.push(new WeakRef(other));
  }
  await expect
    .poll(async () => {
      await collectGarbage();
      return used.filter((one) => one.deref() !== undefined).length;
    })
    .toBeLessThanOrEqual(1); // the engine may still have the last at hand
  expect(service.withKey(TEST_KEY.replace("test", "t0"))).not.toBe(service);
});

test("a file that another key's connection opened is read on when the connection is let go", async () => {
  const content = Buffer.alloc(3_000_000, "0123456789");
  const { service } = await faultServer((_, response) => void response.end(content));
  const open = async () => {
    const other = service.withKey(TEST_KEY.replace("test", "more"));
    return { download: await other.download("/a"), used: new WeakRef(other) };
  };
  const { download, used } = await open();
  await expect
    .poll(async () => {
      await collectGarbage();
      return used.deref();
    })
    .toBeUndefined();
  await collectGarbage(); // and whatever is done when it is gone
  expect(await download.bytes()).toHaveLength(content.length);
});

test.each([
  { timeout: 0 },
  { timeout: "1" },
  { timeout: 2 ** 31 },
  { deadline: 0 },
  { deadline: "soon" },
  { maxRetries: -1 },
  { maxRetries: 1.5 },
  { retryDelay: -1 },
])("%o is refused", (options) => {
  expect(() => new Service({ apiKey: TEST_KEY, ...(options as object) })).toThrow(InvalidArgumentError);
});

describe("an answer in two steps", () => {
  const whole = (answer: RawAnswer) => answer;

  test("read gives the bytes and what they took; decode reads them", async () => {
    const body = '{"data":{"a":[NaN,"ä"]}}';
    const { service } = await faultServer((request, response) => {
      if (request.number === 1) return void response.writeHead(503).end();
      response.setHeader("content-encoding", "gzip");
      return void setTimeout(() => response.end(gzipSync(body)), 30);
    });
    const answer = await service.read({ query: "q", variables: {}, details: DETAILS }, whole);
    expect(Buffer.from(answer.bytes).toString()).toBe(body);
    expect(answer).toMatchObject({ tries: 2, wireBytes: gzipSync(body).length });
    expect(answer.headersMs).toBeGreaterThanOrEqual(28);
    expect(answer.headersMs).toBeLessThan(5_000);
    for (const text of [answer.bytes, body]) {
      expect(service.decode(text, DETAILS)).toEqual({ a: [Number.NaN, "ä"] });
    }
  });

  test("what decode throws for a passing reason is tried again inside read, and not outside", async () => {
    const limited = '{"errors":[{"message":"rate limit exceeded"}]}';
    const { service, requests } = await faultServer((request, response) =>
      request.number === 2 ? { a: 1 } : void response.end(limited),
    );
    const request = { query: "q", variables: {}, details: DETAILS };
    const data = await service.read(request, ({ bytes }) => service.decode(bytes, DETAILS));
    expect(data).toEqual({ a: 1 });
    expect(requests).toHaveLength(2);
    const { bytes } = await service.read(request, whole);
    expect(() => service.decode(bytes, DETAILS)).toThrow(RateLimitError);
    expect(requests).toHaveLength(3);
  });

  test("what a reader throws of its own comes out as it is", async () => {
    const { service, requests } = await faultServer(() => ({ a: 1 }));
    const work = service.read({ query: "q", variables: {}, details: DETAILS }, () => {
      throw new RangeError("mine");
    });
    await expect(work).rejects.toThrow(RangeError);
    expect(requests).toHaveLength(1);
  });
});
