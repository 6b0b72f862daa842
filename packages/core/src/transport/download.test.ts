import { inspect } from "node:util";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import {
  AuthenticationError,
  InvalidArgumentError,
  LazyrunsError,
  NetworkError,
  NotFoundError,
  PermissionError,
  ProtocolError,
  TimeoutError,
} from "../errors.ts";
import { type FaultHandler, faultServer, TEST_KEY } from "../testing/fault-server.ts";

const DETAILS = { operation: "reading a file", entity: "team", project: "digits", run: "r1" };
const KEY = `Basic ${btoa(`api:${TEST_KEY}`)}`;
const text = async (bytes: Promise<Uint8Array>) => Buffer.from(await bytes).toString();

const file: FaultHandler = (_, response) => void response.end("content");
const redirect =
  (to: () => string, status = 302): FaultHandler =>
  (_, response) =>
    void response.writeHead(status, { location: to() }).end("moved");

async function errorOf(work: Promise<unknown>): Promise<LazyrunsError> {
  const error = await work.catch((error: unknown) => error);
  if (error instanceof LazyrunsError) return error;
  throw new Error(`no error of this library: ${inspect(error)}`);
}

describe("the key", () => {
  test("goes with a path, and with a URL of the base URL's origin", async () => {
    const server = await faultServer(file);
    expect(await text((await server.service.download("/files/a?b=1")).bytes())).toBe("content");
    await (await server.service.download(`${server.url}/files/b`)).bytes();
    expect(server.requests.map(({ method, path, headers }) => [method, path, headers.authorization])).toEqual(
      [
        ["GET", "/files/a?b=1", KEY],
        ["GET", "/files/b", KEY],
      ],
    );
  });

  test("stays away from a signed URL of another origin", async () => {
    const server = await faultServer(file);
    const storage = await faultServer(file);
    const download = await server.service.download(`${storage.url}/bucket/a?signature=s`, {
      details: DETAILS,
    });
    expect(download.status).toBe(200);
    expect(await text(download.bytes())).toBe("content");
    expect(storage.requests[0]?.headers.authorization).toBeUndefined();
    expect(JSON.stringify(storage.requests[0]?.headers)).not.toContain(TEST_KEY);
    expect(server.requests).toHaveLength(0);
  });

  test("is dropped where a redirection leads elsewhere, and not taken up again on the way back", async () => {
    const home: { url?: string } = {};
    const away = await faultServer((request, response) =>
      request.path === "/back"
        ? redirect(() => `${home.url}/again`)(request, response)
        : file(request, response),
    );
    const server = await faultServer((request, response) =>
      request.path === "/a"
        ? redirect(() => "/b")(request, response)
        : request.path === "/b"
          ? redirect(() => `${away.url}/back`, 307)(request, response)
          : file(request, response),
    );
    home.url = server.url;
    expect(await text((await server.service.download("/a")).bytes())).toBe("content");
    expect(server.requests.map(({ path, headers }) => [path, headers.authorization])).toEqual([
      ["/a", KEY],
      ["/b", KEY],
      ["/again", undefined],
    ]);
    expect(away.requests.map(({ headers }) => headers.authorization)).toEqual([undefined]);
  });
});

test("redirections end after five", async () => {
  const server = await faultServer(redirect(() => "/on"));
  const error = await errorOf(server.service.download("/a", { details: DETAILS }));
  expect(error).toBeInstanceOf(ProtocolError);
  expect(error.message).toMatch(/more than 5 times, reading a file of team\/digits\/r1/);
  expect(server.requests).toHaveLength(6);
  await server.expectNoSocketLeft();
});

test.each(["file:///etc/passwd", "data:text/plain,x", "http://"])(
  "a redirection to %s isn't followed",
  async (to) => {
    const server = await faultServer(redirect(() => to));
    expect(await errorOf(server.service.download("/a"))).toBeInstanceOf(ProtocolError);
    expect(server.requests).toHaveLength(1);
  },
);

test.each(["ftp://host/a", "file:///etc/passwd", 7])("%s is refused before anything is sent", async (url) => {
  const server = await faultServer(file);
  await expect(server.service.download(url as string)).rejects.toThrow(InvalidArgumentError);
  expect(server.requests).toHaveLength(0);
});

describe("until the first bytes are there, it is tried again", () => {
  test.each<[string, FaultHandler]>([
    ["HTTP 503", (_, response) => void response.writeHead(503).end()],
    ["HTTP 429", (_, response) => void response.writeHead(429, { "retry-after": "0.01" }).end()],
    ["a reset", (_, response) => void response.socket?.resetAndDestroy()],
    [
      "a reset after the head",
      (_, response) => {
        response.writeHead(200, { "content-length": "7" }).flushHeaders();
        setImmediate(() => response.socket?.destroy());
        return undefined;
      },
    ],
    ["a hang", () => undefined],
  ])("%s", async (_, fault) => {
    const server = await faultServer(
      (request, response) => (request.number === 1 ? fault : file)(request, response),
      { timeout: 100 },
    );
    expect(await text((await server.service.download("/a")).bytes())).toBe("content");
    expect(server.requests).toHaveLength(2);
    await server.expectNoSocketLeft();
  });
});

describe("after the first bytes, a break comes out where they are read", () => {
  const part: FaultHandler = (_, response) => {
    response.writeHead(200, { "content-length": "100" }).write("some");
    return undefined;
  };

  test("a reset", async () => {
    const server = await faultServer((request, response) => {
      part(request, response);
      setTimeout(() => response.socket?.destroy(), 20);
      return undefined;
    });
    const download = await server.service.download("/a", { details: DETAILS });
    const read: string[] = [];
    const reading = (async () => {
      for await (const chunk of download.body) read.push(Buffer.from(chunk).toString());
    })();
    const error = await errorOf(reading);
    expect(error).toBeInstanceOf(NetworkError);
    expect(error).toMatchObject(DETAILS);
    expect(read).toEqual(["some"]);
    expect(server.requests).toHaveLength(1);
    await server.expectNoSocketLeft();
  });

  test("a hang", async () => {
    const server = await faultServer(part, { timeout: 50 });
    const download = await server.service.download("/a");
    expect(await errorOf(download.bytes())).toBeInstanceOf(TimeoutError);
    await server.expectNoSocketLeft();
  });

  test("a signal, and the deadline no more", async () => {
    const server = await faultServer(part, { deadline: 80 });
    const stop = new AbortController();
    const download = await server.service.download("/a", { signal: stop.signal });
    setTimeout(() => stop.abort(new Error("enough")), 150);
    await expect(download.bytes()).rejects.toThrow("enough");
    await server.expectNoSocketLeft();
  });

  test("a consumer that stops ends the transfer", async () => {
    const server = await faultServer(part);
    const download = await server.service.download("/a");
    for await (const _ of download.body) break;
    await server.expectNoSocketLeft();
  });
});

test("what nobody reads is let go by cancel, and by closing", async () => {
  const server = await faultServer((_, response) => {
    response.writeHead(200, { "content-length": "100000000" }).write(Buffer.alloc(1_000_000));
    return undefined;
  });
  const cancelled = await server.service.download("/a");
  await cancelled.cancel();
  await server.service.download("/b");
  await server.expectNoSocketLeft();
});

test("cancel doesn't wait for a reader that waits, and the reader is told", async () => {
  const server = await faultServer((_, response) => void response.writeHead(200).write("a part"));
  const download = await server.service.download("/a");
  const reader = download.body[Symbol.asyncIterator]();
  expect(Buffer.from((await reader.next()).value).toString()).toBe("a part");
  const told = expect(reader.next()).rejects.toThrow(expect.objectContaining({ name: "AbortError" }));
  await download.cancel();
  await told;
  await server.expectNoSocketLeft();
});

test("the bytes can be read once", async () => {
  const server = await faultServer(file);
  const download = await server.service.download("/a");
  await download.bytes();
  await expect(download.bytes()).rejects.toThrow(/can be read once/);
});

test("a file may be empty, and large", async () => {
  const large = Buffer.alloc(3_000_000, "0123456789");
  const server = await faultServer(({ path }, response) => void response.end(path === "/large" ? large : ""));
  expect((await (await server.service.download("/empty")).bytes()).length).toBe(0);
  expect(Buffer.compare(await (await server.service.download("/large")).bytes(), large)).toBe(0);
});

test("bytes that come as gzip all the same are unpacked; that break off, an error", async () => {
  const packed = gzipSync(Buffer.alloc(200_000, "0123456789"), { level: 0 });
  const server = await faultServer(({ path }, response) => {
    response.setHeader("content-encoding", "gzip");
    response.end(path === "/short" ? packed.subarray(0, -10) : packed);
    return undefined;
  });
  expect((await (await server.service.download("/a")).bytes()).length).toBe(200_000);
  const short = await server.service.download("/short");
  expect(await errorOf(short.bytes())).toBeInstanceOf(NetworkError);
  expect(server.requests[0]?.headers["accept-encoding"]).toBe("identity");
});

test("a range is asked for, from start to before end", async () => {
  const server = await faultServer((_, response) => void response.writeHead(206).end("part"));
  expect((await server.service.download("/a", { range: { start: 10, end: 14 } })).status).toBe(206);
  await server.service.download("/a", { range: { start: 10 } });
  expect(server.requests.map(({ headers }) => headers.range)).toEqual(["bytes=10-13", "bytes=10-"]);
  await expect(server.service.download("/a", { range: { start: 3, end: 3 } })).rejects.toThrow(/range.end/);
});

describe("a refusal is final, says what it is about, and doesn't repeat the URL's signature", () => {
  test.each([
    [401, AuthenticationError, /isn't sent the API key/],
    [403, PermissionError, /Such links expire/],
    [404, NotFoundError, /Not found at/],
  ])("HTTP %i", async (status, kind, words) => {
    const storage = await faultServer((_, response) => void response.writeHead(status).end("<Error/>"));
    const server = await faultServer(file);
    const error = await errorOf(
      server.service.download(`${storage.url}/a?X-Signature=sig`, { details: DETAILS }),
    );
    expect(error).toBeInstanceOf(kind);
    expect(error.message).toMatch(words);
    expect(inspect(error, { depth: null, showHidden: true })).not.toContain("X-Signature");
    expect(error).toMatchObject({ ...DETAILS, status });
    expect(storage.requests).toHaveLength(1);
  });

  test("of the own server: it is the key", async () => {
    const server = await faultServer((_, response) => void response.writeHead(403).end());
    expect((await errorOf(server.service.download("/a"))).message).toMatch(/The API key may not do this/);
  });
});

test("a rate limit where the files lie is not the server's", async () => {
  const storage = await faultServer(
    (_, response) => void response.writeHead(503, { "retry-after": "3600" }).end(),
  );
  const server = await faultServer(file);
  const busy = await errorOf(server.service.download(`${storage.url}/a`));
  expect(busy.message).toContain("wait 1 h");
  expect((await errorOf(server.service.download(`${storage.url}/b`))).message).toContain(storage.url);
  expect(storage.requests).toHaveLength(1);
  expect(await text((await server.service.download("/a")).bytes())).toBe("content");
});
