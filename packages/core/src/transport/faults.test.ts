import { inspect } from "node:util";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import {
  AuthenticationError,
  InvalidArgumentError,
  LazyrunsError,
  NetworkError,
  ProtocolError,
  RateLimitError,
  ServerError,
  TimeoutError,
} from "../errors.ts";
import type { GraphqlRequest, Service, ServiceOptions } from "../graphql/service.ts";
import { type FaultHandler, faultServer, TEST_KEY } from "../testing/fault-server.ts";
import { isTooMuch } from "./too-much.ts";

const DETAILS = { operation: "listing the runs", entity: "team", project: "digits" };
const ask = (service: Service, options: Partial<GraphqlRequest> = {}) =>
  service.execute({ query: "query Q { a }", variables: {}, details: DETAILS, ...options });

/** The error that a call ends in. */
async function errorOf(work: Promise<unknown>): Promise<LazyrunsError> {
  const error = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (error instanceof LazyrunsError) return error;
  throw new Error(`no error of this library: ${inspect(error)}`);
}

const answers =
  (status: number, body: string, headers: Record<string, string> = {}): FaultHandler =>
  (_, response) =>
    void response.writeHead(status, headers).end(body);

const graphql = (error: object, data: unknown = null) =>
  answers(200, JSON.stringify({ data, errors: [error] }));

/** A promise, and what fulfils it. */
function signalled(): [Promise<void>, () => void] {
  let fulfil: () => void = () => undefined;
  const promise = new Promise<void>((resolve) => {
    fulfil = resolve;
  });
  return [promise, fulfil];
}

const GZIPPED = gzipSync(JSON.stringify({ data: { a: "1".repeat(200_000) } }), { level: 0 });

/** Each fault, what it ends in when it stays, and whether it may pass. */
const FAULTS: [string, FaultHandler, new (message: string) => LazyrunsError, { passes: boolean }][] = [
  [
    "a reset before the answer",
    (_, response) => void response.socket?.resetAndDestroy(),
    NetworkError,
    { passes: true },
  ],
  [
    "a connection that ends before the answer",
    (_, response) => void response.socket?.end(),
    NetworkError,
    { passes: true },
  ],
  [
    "a reset in the middle of the head",
    (_, response) =>
      void response.socket?.write("HTTP/1.1 200 OK\r\ncontent-", () => response.socket?.destroy()),
    NetworkError,
    { passes: true },
  ],
  [
    "a body shorter than its Content-Length",
    (_, response) => {
      response.writeHead(200, { "content-length": "1000" });
      response.write('{"data":{"a":1}}', () => response.socket?.destroy());
      return undefined;
    },
    NetworkError,
    { passes: true },
  ],
  [
    "a chunked body without its end",
    (_, response) => void response.write('{"data":{"a":1}}', () => response.socket?.destroy()),
    NetworkError,
    { passes: true },
  ],
  [
    "gzip that breaks off",
    (_, response) =>
      void response.writeHead(200, { "content-encoding": "gzip" }).end(GZIPPED.subarray(0, -9)),
    NetworkError,
    { passes: true },
  ],
  [
    "what says it is gzip and isn't",
    answers(200, "{}", { "content-encoding": "gzip" }),
    NetworkError,
    { passes: true },
  ],
  ["a hang before the answer", () => undefined, TimeoutError, { passes: true }],
  [
    "a hang in the middle of the body",
    (_, response) => void response.writeHead(200, { "content-length": "1000" }).write("{"),
    TimeoutError,
    { passes: true },
  ],
  [
    "what is no HTTP",
    (_, response) => void response.socket?.end("SSH-2.0-x\r\n\r\n"),
    NetworkError,
    { passes: true },
  ],
  ["JSON that breaks off", answers(200, '{"data":{"a":'), ProtocolError, { passes: true }],
  ["HTTP 408", answers(408, ""), ServerError, { passes: true }],
  ["HTTP 429", answers(429, ""), RateLimitError, { passes: true }],
  ["HTTP 500", answers(500, '{"error":"oh"}'), ServerError, { passes: true }],
  ["HTTP 502 with a page", answers(502, "<html>bad gateway</html>"), ServerError, { passes: true }],
  ["HTTP 503", answers(503, "busy"), ServerError, { passes: true }],
  ["HTTP 504", answers(504, ""), ServerError, { passes: true }],
  ["a page with HTTP 200", answers(200, "<html>log in</html>"), ProtocolError, { passes: false }],
  ["GraphQL: a rate limit", graphql({ message: "rate limit exceeded" }), RateLimitError, { passes: true }],
  [
    "GraphQL: a deadline of the server's",
    graphql({ message: "context deadline exceeded" }),
    ServerError,
    { passes: true },
  ],
  ["GraphQL: internal", graphql({ message: "internal server error" }), ServerError, { passes: true }],
  [
    "GraphQL: internal, by its code",
    graphql({ message: "oh", extensions: { code: "INTERNAL_SERVER_ERROR" } }),
    ServerError,
    { passes: true },
  ],
  [
    "GraphQL: not logged in, beside partial data",
    graphql({ message: "user is not logged in" }, { a: null }),
    AuthenticationError,
    { passes: false },
  ],
  [
    "GraphQL: not logged in, by its code",
    graphql({ message: "no", code: "UNAUTHENTICATED" }),
    AuthenticationError,
    { passes: false },
  ],
  [
    "GraphQL: partial data",
    graphql({ message: "run b failed" }, { a: 1, b: null }),
    ServerError,
    { passes: false },
  ],
];

describe.each(FAULTS)("%s", (_, fault, kind, { passes }) => {
  test(passes ? "once, then the data is there" : "is final", async () => {
    const server = await faultServer(
      (request, response) => (request.number === 1 ? fault(request, response) : { a: 1 }),
      { timeout: 150 },
    );
    const work = ask(server.service);
    if (passes) expect((await work).data).toEqual({ a: 1 });
    else expect(await errorOf(work)).toBeInstanceOf(kind);
    expect(server.requests).toHaveLength(passes ? 2 : 1);
    await server.expectNoSocketLeft();
  });

  test("for good", async () => {
    const server = await faultServer(fault, { timeout: 150, maxRetries: 1 });
    const error = await errorOf(ask(server.service));
    expect(error).toBeInstanceOf(kind);
    expect(error).toMatchObject({ tries: passes ? 2 : 1, ...DETAILS });
    expect(error.message).toContain("listing the runs of team/digits");
    expect(server.requests).toHaveLength(passes ? 2 : 1);
    await server.expectNoSocketLeft();
  });
});

test("a connection that the server closed meanwhile is replaced", async () => {
  const server = await faultServer((request, response) => {
    if (request.onSocket === 1) return { a: request.number };
    response.socket?.destroy();
    return undefined;
  });
  for (let i = 0; i < 5; i++) expect((await ask(server.service)).data).toBeDefined();
  expect(server.socketsSoFar()).toBe(5);
  await server.expectNoSocketLeft();
});

test("a key that expires half way is final", async () => {
  const server = await faultServer((request, response) =>
    request.number <= 3 ? { a: 1 } : answers(401, '{"error":"api key expired"}')(request, response),
  );
  for (let i = 0; i < 3; i++) await ask(server.service);
  const error = await errorOf(ask(server.service));
  expect(error).toBeInstanceOf(AuthenticationError);
  expect(error.message).toContain("api key expired");
  expect(server.requests).toHaveLength(4);
});

test("a server that drips for ever is cut off by the deadline, which says so", async () => {
  const server = await faultServer(
    (_, response) => {
      response.writeHead(200);
      const drip = setInterval(() => response.write(" "), 20);
      response.on("close", () => clearInterval(drip));
      return undefined;
    },
    { timeout: 2_000, deadline: 150 },
  );
  const error = await errorOf(ask(server.service));
  expect(error).toBeInstanceOf(TimeoutError);
  expect(error).toMatchObject({ limit: "deadline", tries: 1, ...DETAILS });
  expect(error.message).toMatch(/within the deadline of 150 ms/);
  await server.expectNoSocketLeft();
});

test("what ran out is said: the time-out of a try, or the connection's", async () => {
  const server = await faultServer(() => undefined, { timeout: 50, maxRetries: 0 });
  expect(await errorOf(ask(server.service))).toMatchObject({ limit: "timeout" });
});

test("a request has limits of its own", async () => {
  const server = await faultServer((request, response) =>
    request.number <= 2 ? answers(503, "")(request, response) : undefined,
  );
  expect(await errorOf(ask(server.service, { maxRetries: 1 }))).toMatchObject({ tries: 2, status: 503 });
  expect(await errorOf(ask(server.service, { maxRetries: 0, timeout: 50 }))).toMatchObject({
    limit: "timeout",
  });
  expect(await errorOf(ask(server.service, { deadline: 50 }))).toMatchObject({ limit: "deadline" });
  await expect(ask(server.service, { maxRetries: 0.5 })).rejects.toThrow(InvalidArgumentError);
});

describe("a rate limit", () => {
  test.each([
    ["Retry-After in seconds", () => ({ "retry-after": "0.2" }), 200],
    ["RateLimit-Reset", () => ({ "ratelimit-reset": "0.2" }), 200],
    [
      "Retry-After as a date",
      () => ({
        date: "Thu, 01 Jan 2026 00:00:00 GMT",
        "retry-after": "Thu, 01 Jan 2026 00:00:01 GMT",
      }),
      1000,
    ],
  ])("%s is a floor", async (_, headers, floor) => {
    const times: number[] = [];
    const server = await faultServer((request, response) => {
      times.push(performance.now());
      if (request.number > 1) return { a: 1 };
      response.sendDate = false;
      return answers(429, "", headers())(request, response);
    });
    await ask(server.service);
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(floor - 1);
    expect(times).toHaveLength(2);
  });

  test("that one request met is waited for by all, and not met again by each", async () => {
    const times: number[] = [];
    const server = await faultServer((request, response) => {
      times.push(performance.now());
      return request.number === 1 ? answers(429, "", { "retry-after": "0.3" })(request, response) : { a: 1 };
    });
    const [heard, onHeard] = signalled();
    const first = ask(server.service, { onFailure: async () => onHeard() });
    await heard;
    const others = Array.from({ length: 20 }, () => ask(server.service));
    await Promise.all([first, ...others]);
    const [limited = 0, ...later] = times;
    expect(later).toHaveLength(21);
    expect(Math.min(...later)).toBeGreaterThanOrEqual(limited + 299);
  });

  test("that asks for longer than there is time fails at once, and says how long", async () => {
    const server = await faultServer(answers(429, "", { "retry-after": "3600" }));
    const error = await errorOf(ask(server.service));
    expect(error).toBeInstanceOf(RateLimitError);
    expect(error).toMatchObject({ retryAfter: 3_600_000, tries: 1, status: 429 });
    expect(error.message).toMatch(/asks to wait 1 h, which is longer than the deadline allows/);

    const next = await errorOf(ask(server.service));
    expect(next).toBeInstanceOf(RateLimitError);
    expect(next.tries).toBe(0);
    expect(server.requests).toHaveLength(1);
  });

  test("is waited for only as long as the signal allows", async () => {
    const server = await faultServer(answers(429, "", { "retry-after": "60" }));
    const stop = new AbortController();
    const works = [1, 2, 3].map(() => ask(server.service, { signal: stop.signal }));
    await expect.poll(() => server.requests.length).toBe(3);
    stop.abort(new Error("enough"));
    for (const work of works) await expect(work).rejects.toThrow("enough");
    await server.expectNoSocketLeft();
  });

  test("is kept by pace before it is reached", async () => {
    const times: number[] = [];
    const server = await faultServer((_, response) => {
      times.push(performance.now());
      response.setHeader("ratelimit-limit", "1000");
      response.setHeader("ratelimit-remaining", "10");
      response.setHeader("ratelimit-reset", "0.5");
      return { a: 1 };
    });
    for (let i = 0; i < 4; i++) await ask(server.service);
    const waits = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    for (const wait of waits) expect(wait).toBeGreaterThan(40);
  });

  test("of a 503 with Retry-After counts as one, and RateLimit-Reset on it doesn't", async () => {
    const server = await faultServer((request, response) =>
      request.number === 1
        ? answers(503, "", { "ratelimit-reset": "3600", "ratelimit-remaining": "900" })(request, response)
        : request.number === 2
          ? answers(503, "", { "retry-after": "3600" })(request, response)
          : { a: 1 },
    );
    const error = await errorOf(ask(server.service));
    expect(error).toMatchObject({ status: 503, tries: 2 });
    expect(error.message).toContain("wait 1 h");
  });
});

test.each(["br", "deflate", "gzip, br"])("an answer in the encoding %s says so", async (encoding) => {
  const server = await faultServer((_, response) => {
    response.writeHead(200, { "content-encoding": encoding }).end("\u000b\u0002");
    return undefined;
  });
  const error = await errorOf(ask(server.service));
  expect(error).toBeInstanceOf(ProtocolError);
  expect(error.message).toContain(`in the encoding "${encoding}"`);
  expect(server.requests).toHaveLength(1);
});

test("ten loops on a dying server don't hammer it while they have time", async () => {
  const server = await faultServer(answers(503, ""), { deadline: 1_500 });
  const began = performance.now();
  const works = await Promise.allSettled(Array.from({ length: 10 }, () => ask(server.service)));
  expect(works.every(({ status }) => status === "rejected")).toBe(true);
  const seconds = (performance.now() - began) / 1000;
  // Each once, 20 saved up, one a second, and what the last has alone; each by itself: 60.
  expect(server.requests.length).toBeLessThanOrEqual(10 + 20 + seconds + 5);
  expect(server.requests.length).toBeGreaterThanOrEqual(30);
});

test("at most ten are under way at once, and those that wait heed their signal", async () => {
  let most = 0;
  let open = 0;
  const held: (() => void)[] = [];
  const server = await faultServer((_, response) => {
    most = Math.max(most, ++open);
    held.push(() => {
      open--;
      response.end('{"data":{"a":1}}');
    });
    return undefined;
  });
  const stop = new AbortController();
  const works = Array.from({ length: 15 }, () => ask(server.service));
  const waiting = ask(server.service, { signal: stop.signal });
  await expect.poll(() => server.requests.length).toBe(10);
  stop.abort(new Error("enough"));
  await expect(waiting).rejects.toThrow("enough");
  while (server.requests.length < 15 || held.length > 0) {
    held.shift()?.();
    await new Promise((resolve) => setImmediate(resolve));
  }
  await Promise.all(works);
  expect(most).toBe(10);
  expect(server.requests).toHaveLength(15);
});

describe("a signal", () => {
  test("that is aborted already: nothing is sent", async () => {
    const server = await faultServer(() => ({ a: 1 }));
    await expect(ask(server.service, { signal: AbortSignal.abort(new Error("no")) })).rejects.toThrow("no");
    expect(server.requests).toHaveLength(0);
  });

  test("ends the reading of a body", async () => {
    const stop = new AbortController();
    const server = await faultServer((_, response) => {
      response.writeHead(200, { "content-length": "1000" });
      response.write("{", () => setImmediate(() => stop.abort(new Error("enough"))));
      return undefined;
    });
    await expect(ask(server.service, { signal: stop.signal })).rejects.toThrow("enough");
    expect(server.requests).toHaveLength(1);
    await server.expectNoSocketLeft();
  });

  test("that lives long keeps nothing of 1,000 requests, and warns of nothing", async () => {
    const warnings: Error[] = [];
    const onWarning = (warning: Error) => warnings.push(warning);
    process.on("warning", onWarning);
    const { signal } = new AbortController();
    const counts = { added: 0, removed: 0 };
    const { addEventListener, removeEventListener } = signal;
    signal.addEventListener = (...args: Parameters<typeof addEventListener>) => {
      counts.added++;
      addEventListener.apply(signal, args);
    };
    signal.removeEventListener = (...args: Parameters<typeof removeEventListener>) => {
      counts.removed++;
      removeEventListener.apply(signal, args);
    };
    const server = await faultServer(() => ({ a: 1 }));
    await Promise.all(Array.from({ length: 1_000 }, () => ask(server.service, { signal })));
    await new Promise((resolve) => setImmediate(resolve));
    process.off("warning", onWarning);
    expect(warnings).toEqual([]);
    expect(counts.added).toBeGreaterThan(0);
    expect(counts.removed).toBe(counts.added);
  });
});

describe("asking for less may help", () => {
  test.each<[string, FaultHandler, Partial<GraphqlRequest>, boolean]>([
    ["HTTP 413", answers(413, ""), {}, true],
    ["HTTP 500, twice", answers(500, ""), { maxRetries: 1 }, true],
    ["HTTP 500, once", answers(500, ""), { maxRetries: 0 }, false],
    ["HTTP 502, twice", answers(502, ""), { maxRetries: 1 }, true],
    ["HTTP 503, twice", answers(503, ""), { maxRetries: 1 }, false],
    ["HTTP 504, twice", answers(504, ""), { maxRetries: 1 }, true],
    ["HTTP 400", answers(400, ""), {}, false],
    ["HTTP 400 that names the cost", answers(400, '{"errors":[{"message":"query cost 9 of 5"}]}'), {}, true],
    ["no answer in time", () => undefined, { timeout: 50, maxRetries: 0 }, true],
    ["no time left", () => undefined, { deadline: 50 }, false],
    ["too complex", graphql({ message: "operation has complexity 9000, which exceeds the limit" }), {}, true],
    ["too large", graphql({ message: "response too large" }), {}, true],
    ["a time-out inside", graphql({ message: "query timed out" }), { maxRetries: 0 }, true],
    ["a rate limit", graphql({ message: "too many requests" }), { maxRetries: 0 }, false],
    ["something else", graphql({ message: "field a is unknown" }), {}, false],
  ])("%s: %#", async (_, fault, options, expected) => {
    const server = await faultServer(fault);
    expect(isTooMuch(await errorOf(ask(server.service, options)))).toBe(expected);
  });
});

describe("the key", () => {
  const REPEATS: [string, FaultHandler, ServiceOptions][] = [
    [
      "a refusal",
      ({ headers }, response) =>
        answers(400, JSON.stringify({ errors: [{ message: `${TEST_KEY} ${headers.authorization}` }] }))(
          { headers } as never,
          response,
        ),
      {},
    ],
    [
      "GraphQL errors",
      ({ headers }, response) =>
        graphql({ message: `bad ${headers.authorization} ${TEST_KEY}`, extensions: { code: TEST_KEY } })(
          { headers } as never,
          response,
        ),
      {},
    ],
    ["no JSON", answers(200, `${TEST_KEY} is not JSON`), {}],
    [
      "no HTTP",
      ({ headers }, response) =>
        void response.socket?.end(`HTTP/1.1 2x0 ${headers.authorization} ${TEST_KEY}\r\n\r\n`),
      { maxRetries: 0 },
    ],
    ["a reset", (_, response) => void response.socket?.destroy(), { maxRetries: 0 }],
    ["a time-out", () => undefined, { maxRetries: 0, timeout: 30 }],
    ["a deadline", () => undefined, { deadline: 30 }],
    [
      "a redirection",
      (_, response) => answers(302, "", { location: `http://x.example/${TEST_KEY}` })({} as never, response),
      {},
    ],
  ];

  test.each(REPEATS)("is not in the error, though the server repeats it: %s", async (_, fault, options) => {
    const { service } = await faultServer(fault, options);
    const error = await errorOf(ask(service));
    const shown = [
      inspect(error, { depth: null, showHidden: true, getters: true }),
      JSON.stringify(error),
      JSON.stringify(error.cause ?? null),
      error.stack,
      inspect(service, { depth: null, showHidden: true, getters: true }),
    ].join("\n");
    expect(shown).not.toContain(TEST_KEY);
    expect(shown).not.toContain(btoa(`api:${TEST_KEY}`));
    expect(shown).not.toContain(btoa(`api:${TEST_KEY}`).replace(/=+$/, "").slice(4));
  });
});

describe("closing", () => {
  test("waits for what is under way, and is fine twice", async () => {
    const finish: (() => void)[] = [];
    const server = await faultServer((_, response) => {
      finish.push(() => response.end('{"data":{"a":1}}'));
      return undefined;
    });
    const work = ask(server.service);
    await expect.poll(() => finish.length).toBe(1);
    let closed = false;
    const closing = server.service.close().then(() => {
      closed = true;
    });
    await expect(ask(server.service)).rejects.toThrow(/closed/);
    expect(closed).toBe(false);
    finish[0]?.();
    expect((await work).data).toEqual({ a: 1 });
    await closing;
    await server.service.close();
    await server.expectNoSocketLeft();
  });

  test("happens at the end of its block", async () => {
    const server = await faultServer(() => ({ a: 1 }));
    {
      await using service = server.service;
      await ask(service);
    }
    await expect(ask(server.service)).rejects.toThrow(/closed/);
  });
});
