import type { IncomingHttpHeaders } from "node:http";
import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { InvalidArgumentError, NetworkError, NotFoundError, ProtocolError, ServerError } from "../errors.ts";
import { fileServer } from "../testing/file-server.ts";
import { runServer } from "../testing/run-server.ts";
import type { FilesOptions } from "./run-files.ts";

const file = (name: string, more: object = {}) => ({ id: name, name, ...more });

/** A page of files from `start`, with cursors that are offsets. */
function page(files: readonly object[], start: number, first: number): object {
  const edges = files
    .slice(start, start + first)
    .map((node, index) => ({ cursor: String(start + index), node }));
  return {
    project: {
      run: { files: { edges, pageInfo: { endCursor: null, hasNextPage: start + first < files.length } } },
    },
  };
}

const startOf = (after: unknown) => (after === null ? 0 : Number(after) + 1);

describe("listing", () => {
  test("goes page by page, no page before it is needed", async () => {
    const files = ["a", "b", "c", "d", "e"].map((name) => file(name));
    const { run, requests } = await runServer(({ variables }) => page(files, startOf(variables.after), 2));
    const names: string[] = [];
    const counts: number[] = [];
    for await (const { name } of run.files({ perPage: 2 })) {
      names.push(name);
      counts.push(requests.length);
    }
    expect(names).toEqual(["a", "b", "c", "d", "e"]);
    expect(counts).toEqual([1, 1, 2, 2, 3]);
    expect(requests[0]?.variables).toMatchObject({ name: "abc", names: [], pattern: null, first: 2 });
  });

  test("sends names or a pattern, and nothing for no names", async () => {
    const { run, requests } = await runServer(() => page([], 0, 1));
    for await (const _ of run.files({ names: ["a", "b"] }));
    for await (const _ of run.files({ pattern: "%.json" }));
    for await (const _ of run.files({ names: [] }));
    expect(requests.map(({ variables }) => [variables.names, variables.pattern])).toEqual([
      [["a", "b"], null],
      [[], "%.json"],
    ]);
  });

  test("leaves out a file that comes twice because others were uploaded meanwhile", async () => {
    const { run } = await runServer(({ number, variables }) =>
      page(
        number === 1 ? [file("a"), file("b")] : [file("new"), file("a"), file("b")],
        startOf(variables.after),
        1,
      ),
    );
    const names: string[] = [];
    for await (const { name } of run.files()) names.push(name);
    expect(names).toEqual(["a", "b"]);
  });

  test("ends with an error when it would never end, and without files in the answer", async () => {
    const circle = await runServer(() => page([file("a"), file("b")], 0, 1));
    await expect(drain(circle.run.files())).rejects.toThrow(/cursor that it gave before/);
    expect(circle.requests).toHaveLength(2);

    const nothing = await runServer(() => ({ project: { run: {} } }));
    await expect(drain(nothing.run.files())).rejects.toThrow(ProtocolError);
  });

  test("says that the run is gone", async () => {
    const { run } = await runServer(() => ({ project: { run: null } }));
    await expect(drain(run.files())).rejects.toMatchObject({ name: "NotFoundError", run: "abc" });
  });

  test.each<[string, object]>([
    ["a page size of none", { perPage: 0 }],
    ["names that are no array", { names: "a" }],
    ["an empty name", { names: [""] }],
    ["an empty pattern", { pattern: "" }],
    ["names and a pattern", { names: ["a"], pattern: "%" }],
  ])("refuses %s at once", async (_, options) => {
    const { run, requests } = await runServer(() => undefined);
    expect(() => run.files(options as FilesOptions)).toThrow(InvalidArgumentError);
    expect(requests).toEqual([]);
  });

  test("ends at once when it is aborted", async () => {
    const { run } = await runServer(() => undefined);
    const stop = new AbortController();
    const listing = drain(run.files({ signal: stop.signal }));
    stop.abort(new Error("enough"));
    await expect(listing).rejects.toThrow("enough");
  });
});

describe("a file", () => {
  test("has what the server says, and null for what it doesn't", async () => {
    const { run, api } = await runServer(() =>
      page(
        [
          file("media/ü.png", {
            url: "/files/u.png?token=secret",
            sizeBytes: "12345",
            mimetype: "image/png",
            updatedAt: "2026-01-02T03:04:05",
            md5: "abc==",
          }),
          file("bare"),
        ],
        0,
        2,
      ),
    );
    const full = await run.file("media/ü.png");
    expect({ ...full }).toEqual({
      name: "media/ü.png",
      url: `${api.baseUrl}/files/u.png?token=secret`,
      size: 12_345,
      mimetype: "image/png",
      updatedAt: new Date("2026-01-02T03:04:05Z"),
      md5: "abc==",
    });
    expect(inspect(full)).toBe('RunFile "media/ü.png" (image/png, 12345 bytes)');
    const bare = await run.file("bare");
    expect({ ...bare }).toEqual({
      name: "bare",
      url: null,
      size: null,
      mimetype: null,
      updatedAt: null,
      md5: null,
    });
    expect(inspect(bare)).toBe('RunFile "bare" (type unknown, size unknown)');
    await expect(bare.bytes()).rejects.toThrow(/never uploaded/);
  });

  test("that isn't there is named, and so is the run", async () => {
    const { run } = await runServer(() => page([file("other")], 0, 1));
    await expect(run.file("config.yaml")).rejects.toThrow(
      /Run abc of team\/digits has no file "config.yaml"/,
    );
    await expect(run.file("config.yaml")).rejects.toBeInstanceOf(NotFoundError);
    await expect(run.file("")).rejects.toBeInstanceOf(InvalidArgumentError);
  });
});

describe("reading", () => {
  const content = Buffer.from("\uFEFFé😀\n".repeat(50_000));

  async function open(handler: Parameters<typeof fileServer>[0], sizeBytes: number | null = content.length) {
    const url = await fileServer(handler);
    const { run, api } = await runServer(() => page([file("a", { url: `${url}/a`, sizeBytes })], 0, 1));
    return { file: await run.file("a"), api };
  }

  test("gives bytes, text and pieces", async () => {
    const { file } = await open((_, response) => void response.end(content));
    expect(Buffer.from(await file.bytes()).equals(content)).toBe(true);
    expect(await file.text()).toBe(content.toString().slice(1));
    let length = 0;
    let pieces = 0;
    for await (const piece of file.stream()) {
      length += piece.length;
      pieces++;
    }
    expect(length).toBe(content.length);
    expect(pieces).toBeGreaterThan(1);
  });

  test("sends the key to the server itself", async () => {
    const { run, requests } = await runServer(({ method }, response) =>
      method === "GET" ? void response.end("mine") : page([file("a", { url: "/files/a" })], 0, 1),
    );
    expect(await (await run.file("a")).text()).toBe("mine");
    const [asked, got] = requests.map(({ path, headers }) => [path, headers.authorization]);
    expect(asked?.[1]).toMatch(/^Basic /);
    expect(got).toEqual(["/files/a", asked?.[1]]);
  });

  test("sends no key to another origin, nor along a redirection", async () => {
    const seen: IncomingHttpHeaders[] = [];
    const target = await fileServer(({ headers }, response) => {
      seen.push(headers);
      response.end("moved");
    });
    const { file } = await open(({ headers }, response) => {
      seen.push(headers);
      response.writeHead(302, { location: `${target}/signed` }).end();
    }, null);
    expect(await file.text()).toBe("moved");
    expect(seen.map(({ authorization }) => authorization)).toEqual([undefined, undefined]);
  });

  test.each([
    ["with its length announced", { "content-length": content.length }],
    ["in chunks", {}],
  ])("fails when the connection breaks in the middle, %s", async (_, headers) => {
    const { file } = await open((_, response) => {
      response.writeHead(200, headers);
      response.write(content.subarray(0, 1000), () => response.destroy());
    });
    const error = await file.bytes().catch((error: unknown) => error);
    expect(error).toBeInstanceOf(NetworkError);
    expect((error as NetworkError).message).toMatch(/a of team\/digits\/abc broke off after 1000 bytes/);
  });

  test("fails when fewer bytes come than were listed, and no length was announced", async () => {
    const { file } = await open((_, response) => {
      response.writeHead(200, { "transfer-encoding": "chunked" }).end(content.subarray(0, 1000));
    });
    await expect(file.bytes()).rejects.toThrow(`broke off: 1000 of ${content.length} bytes came`);
  });

  test("takes a file that was written anew since it was listed", async () => {
    const { file } = await open(
      (_, response) => void response.writeHead(200, { "content-length": 3 }).end("new"),
    );
    expect(await file.text()).toBe("new");
  });

  test.each([
    [404, NotFoundError],
    [500, ServerError],
  ])("names the file when its address answers %s", async (status, kind) => {
    const { file } = await open((_, response) => void response.writeHead(status).end("<html>"));
    const error = await file.text().catch((error: unknown) => error);
    expect(error).toBeInstanceOf(kind);
    expect(error).toMatchObject({ status, run: "abc", operation: 'reading the file "a"' });
  });

  test("names the file when its address isn't reached", async () => {
    const { run } = await runServer(() => page([file("a", { url: "http://127.0.0.1:1/a" })], 0, 1));
    await expect((await run.file("a")).text()).rejects.toThrow(NetworkError);
  });

  test("ends at once when it is aborted, and with a loop that ends early", async () => {
    const closed: Promise<unknown>[] = [];
    const { file } = await open((_, response) => {
      closed.push(new Promise((resolve) => response.on("close", resolve)));
      response.writeHead(200, { "content-length": content.length }).write(content.subarray(0, 1000));
    });
    const stop = new AbortController();
    await expect(
      (async () => {
        for await (const _ of file.stream({ signal: stop.signal })) stop.abort(new Error("enough"));
      })(),
    ).rejects.toThrow("enough");
    for await (const _ of file.stream()) break;
    expect(closed).toHaveLength(2);
    await Promise.all(closed);
  });
});

async function drain(items: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of items);
}
