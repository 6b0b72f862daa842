import { existsSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { tableFromIPC } from "@uwdata/flechette";
import { readParquet } from "parquet-wasm";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import type { LocalServer } from "../server.ts";
import { startServer } from "../server.ts";
import { openStore } from "../store/store.ts";
import { ask, logRun, send, stream, temporaryFolder, testServer } from "../testing.ts";
import { exportHistory } from "./export-history.ts";
import { HistoryExports } from "./history-exports.ts";

const PARQUET = `query ($keys: [String!]!) { project(name: "demo", entityName: "local") { run(name: "r") {
  parquetHistory(liveKeys: $keys) { parquetUrls liveData } } } }`;
const PAGES = `{ project(name: "demo", entityName: "local") { run(name: "r") { historyLineCount
  all: history(samples: 100) page: history(minStep: 0, maxStep: 1000, samples: 1000)
  sampled: sampledHistory(specs: ["{\\"keys\\":[\\"_step\\"]}", "{\\"keys\\":[\\"_step\\"],\\"minStep\\":0}"]) } } }`;
const RESUME = { host: "vm" };

const contents = (dataDir: string) => readdirSync(join(dataDir, "exports"));

interface Offered {
  readonly parquetUrls: string[];
  readonly liveData: unknown[];
}

const offered = async (server: LocalServer, keys = ["_step"]): Promise<Offered> =>
  (await ask(server, PARQUET, { keys })).project.run.parquetHistory;
const pages = async (server: LocalServer) => (await ask(server, PAGES)).project.run;
const log = (server: LocalServer, offset: number, content: readonly string[], complete = true) =>
  stream(server, "r", { files: { "wandb-history.jsonl": { offset, content } }, complete, exitcode: 0 });

async function finishedRun(content: readonly string[], dataDir = temporaryFolder()): Promise<LocalServer> {
  const server = await testServer({ parquet: true, dataDir });
  await logRun(server, "r");
  await log(server, 0, content);
  return server;
}

const bytesOf = async (url = ""): Promise<Buffer> => Buffer.from(await (await fetch(url)).arrayBuffer());

async function rowsOf(url = ""): Promise<Record<string, unknown>[]> {
  const table = tableFromIPC(readParquet(await bytesOf(url)).intoIPCStream(), { useBigInt: true });
  return table.toArray() as Record<string, unknown>[];
}

describe("a finished run", () => {
  test.each([['{"\\ud800":1,"\\ud801":2,"_step":0}'], ['{"a":[{"\\ud800":1,"\\ud801":2}],"_step":0}']])(
    "whose keys no file can tell apart has its rows in pages: %s",
    async (line) => {
      const error = vi.spyOn(console, "error").mockImplementation(() => undefined);
      onTestFinished(() => error.mockRestore());
      const server = await finishedRun([line, '{"_step":1}']);
      const { parquetUrls, liveData } = await offered(server);
      expect([parquetUrls, liveData.length]).toEqual([[], 1]);
      expect((await pages(server)).page).toHaveLength(2);
      expect(String(error.mock.calls[0])).toMatch(/Two keys would both be called/);
    },
  );

  test.each(["gone", "cut off"])("whose file is %s has the same one again", async (how) => {
    const dataDir = temporaryFolder();
    const server = await finishedRun(['{"_step":0,"a":1.5}', '{"_step":1,"a":2.5}'], dataDir);
    const { parquetUrls } = await offered(server);
    const before = await bytesOf(parquetUrls[0]);
    const [name = ""] = contents(dataDir);
    const error = vi.spyOn(console, "error").mockImplementation(() => undefined);
    onTestFinished(() => error.mockRestore());
    if (how === "cut off") writeFileSync(join(dataDir, "exports", name), before.subarray(0, 100));
    else {
      rmSync(join(dataDir, "exports", name));
      const lost = await fetch(parquetUrls[0] as string);
      expect([lost.status, await lost.text()]).toEqual([410, expect.stringContaining("bytes are gone")]);
    }
    await logRun(server, "r", RESUME); // a run that goes on has its files, too
    expect((await offered(server)).parquetUrls).toEqual(parquetUrls);
    expect(await bytesOf(parquetUrls[0])).toEqual(before);
    expect(contents(dataDir)).toHaveLength(1);
    expect(error.mock.calls.flat()).toEqual([
      expect.stringMatching(/^The bytes of export 0 of run \d+ are gone/),
    ]);
  });

  test("has its rows in a file, and in no page of steps", async () => {
    const server = await finishedRun(['{"b":1.5,"_step":1}', '{"_step":0,"a":"x"}', '{"b":NaN}']);
    const { parquetUrls, liveData } = await offered(server);
    expect([parquetUrls.length, liveData]).toEqual([1, []]);
    expect(await rowsOf(parquetUrls[0])).toEqual([
      { _step: 0n, a: "x", b: null },
      { _step: 1n, a: null, b: 1.5 },
      { _step: null, a: null, b: Number.NaN },
    ]);
    const { all, page, sampled, historyLineCount } = await pages(server);
    expect([all.length, page, historyLineCount]).toEqual([3, [], 3]);
    expect(sampled).toEqual([[{ _step: 1 }, { _step: 0 }], []]);
  });

  test("that is resumed has its new rows in pages, and in one more file when it has finished again", async () => {
    const server = await finishedRun(['{"_step":0}', '{"_step":1}']);
    const [first] = (await offered(server)).parquetUrls;
    const before = await bytesOf(first);
    await logRun(server, "r", RESUME);
    await log(server, 2, ['{"_step":2,"x":{"y":NaN},"z":1}', '{"_step":3}'], false);
    expect(await offered(server)).toEqual({ parquetUrls: [first], liveData: [{ _step: 2 }] });
    expect((await offered(server, ["_step", "x", "x.y", "q"])).liveData).toEqual([
      { _step: 2, x: { y: "NaN" }, "x.y": "NaN" },
    ]);
    expect((await pages(server)).page).toEqual(['{"_step":2,"x":{"y":NaN},"z":1}', '{"_step":3}']);
    await log(server, 4, []);
    const { parquetUrls, liveData } = await offered(server);
    expect([parquetUrls.length, parquetUrls[0], liveData]).toEqual([2, first, []]);
    expect(await rowsOf(parquetUrls[1])).toMatchObject([
      { _step: 2n, x: { y: Number.NaN }, z: 1n },
      { _step: 3n, x: null, z: null },
    ]);
    expect(await bytesOf(first)).toEqual(before);
    expect((await pages(server)).page).toEqual([]);
  });

  test("has one file, however many ask at once", async () => {
    const dataDir = temporaryFolder();
    const server = await finishedRun(['{"_step":0}'], dataDir);
    const answers = await Promise.all(Array.from({ length: 8 }, () => offered(server)));
    expect(new Set(answers.map(({ parquetUrls }) => parquetUrls.join())).size).toBe(1);
    expect(contents(dataDir)).toHaveLength(1);
  });

  test("without history has none", async () => {
    expect(await offered(await finishedRun([]))).toEqual({ parquetUrls: [], liveData: [] });
  });

  test("that lacks a line has those before it in a file, and the others live until it came", async () => {
    const server = await finishedRun(['{"_step":0}', '{"_step":1}']);
    await log(server, 3, ['{"_step":3}']);
    const { parquetUrls, liveData } = await offered(server);
    expect([parquetUrls.length, liveData]).toEqual([1, [{ _step: 3 }]]);
    expect((await pages(server)).page).toEqual(['{"_step":3}']);
    await log(server, 2, ['{"_step":2}']);
    const later = await offered(server);
    expect([later.parquetUrls.length, later.liveData]).toEqual([2, []]);
    expect(await rowsOf(later.parquetUrls[1])).toEqual([{ _step: 2n }, { _step: 3n }]);
  });

  test("that is deleted has no file any more", async () => {
    const dataDir = temporaryFolder();
    const server = await testServer({ parquet: true, dataDir });
    const id = await logRun(server, "r");
    await log(server, 0, ['{"_step":0}']);
    const [url = ""] = (await offered(server)).parquetUrls;
    await ask(server, "mutation ($id: ID!) { deleteRun(input: {id: $id}) { success } }", { id });
    expect((await fetch(url)).status).toBe(404);
    expect(contents(dataDir)).toEqual([]);
  });
});

test("rows that can't be put into a file stay live, and the server says why", async () => {
  const dataDir = temporaryFolder();
  const server = await finishedRun(['{"_step":0}'], dataDir);
  const told = vi.spyOn(console, "error").mockImplementation(() => undefined);
  onTestFinished(() => told.mockRestore());
  writeFileSync(join(dataDir, "exports"), "in the way");
  expect(await offered(server)).toEqual({ parquetUrls: [], liveData: [{ _step: 0 }] });
  expect(String(told.mock.calls[0])).toContain("exports is a file");
  expect((await pages(server)).page).toHaveLength(1);
  rmSync(join(dataDir, "exports"));
  expect((await offered(server)).parquetUrls).toHaveLength(1);
});

test("what is being made when the server ends is given up, and made the next time", async () => {
  const dataDir = temporaryFolder();
  const store = openStore(dataDir);
  onTestFinished(() => store.close());
  const { id } = store.runs.insert(store.projects.ensure("local", "demo").id, "r", "local", {});
  const lines = Array.from({ length: 60_000 }, (_, step) => `{"_step":${step},"x":${step / 7}}`);
  store.transaction(() => store.lines.write(id, "history", 0, lines));
  const ending = new HistoryExports(store);
  const making = ending.ensure(id, true);
  await vi.waitUntil(() => existsSync(join(dataDir, "exports")) && contents(dataDir).length > 0);
  await ending.close();
  await making;
  expect([contents(dataDir), store.exports.list(id)]).toEqual([[], []]);
  await new HistoryExports(store).ensure(id, true);
  expect(store.exports.list(id)).toMatchObject([{ number: 0, first_line: 0, end_line: 60_000 }]);
});

test("a writing that fails on the way ends the making of rows too", async () => {
  const dataDir = temporaryFolder();
  const store = openStore(dataDir);
  onTestFinished(() => store.close());
  const { id } = store.runs.insert(store.projects.ensure("local", "demo").id, "r", "local", {});
  const lines = Array.from({ length: 100_000 }, (_, step) => `{"_step":${step},"x":${step / 7}}`);
  store.transaction(() => store.lines.write(id, "history", 0, lines));
  let turns = 0;
  const bytes = exportHistory(store.lines, id, { from: 0, end: lines.length }, () => turns++);
  await bytes.next();
  const before = turns;
  await bytes.return();
  expect(turns - before).toBeLessThan(3);
  const refused = exportHistory(store.lines, id, { from: 0, end: lines.length }, () => {
    throw new Error("enough");
  });
  await expect(refused.next()).rejects.toThrow("enough");
});

test("a running run has no file", async () => {
  const server = await testServer({ parquet: true });
  await logRun(server, "r");
  await log(server, 0, ['{"_step":5}'], false);
  expect(await offered(server)).toEqual({ parquetUrls: [], liveData: [{ _step: 5 }] });
  expect((await pages(server)).page).toHaveLength(1);
});

test("without the option all rows are live, and with it again the same files are offered", async () => {
  const dataDir = temporaryFolder();
  const path = (url = "") => new URL(url).pathname;
  const first = await startServer({ parquet: true, dataDir });
  await logRun(first, "r");
  await log(first, 0, ['{"_step":0}']);
  const [url] = (await offered(first)).parquetUrls;
  const bytes = await bytesOf(url);
  await first.close();

  const off = await startServer({ dataDir });
  expect(await offered(off)).toEqual({ parquetUrls: [], liveData: [{ _step: 0 }] });
  expect((await pages(off)).page).toEqual(['{"_step":0}']);
  await log(off, 1, ['{"_step":1}']);
  await off.close();

  const on = await startServer({ parquet: true, dataDir });
  const { parquetUrls } = await offered(on);
  expect(parquetUrls.length).toBe(2);
  expect(path(parquetUrls[0])).toBe(path(url));
  expect(await bytesOf(parquetUrls[0])).toEqual(bytes);
  expect(await rowsOf(parquetUrls[1])).toEqual([{ _step: 1n }]);
  await on.close();
});

describe("the address of a file", () => {
  const get = (url: string, headers: Record<string, string> = {}, method = "GET") =>
    send(url, { method, headers: { authorization: "none", ...headers } });
  const fileOf = async () => {
    const server = await finishedRun(['{"_step":0,"a":1}', '{"_step":1}']);
    const [url = ""] = (await offered(server)).parquetUrls;
    return { url, bytes: await bytesOf(url) };
  };

  test("needs its token, and no key", async () => {
    const { url, bytes } = await fileOf();
    const whole = await get(url);
    expect([whole.status, whole.headers["content-length"]]).toEqual([200, String(bytes.length)]);
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\//);
    const wrong = [url.replace("/0.parquet", "/1.parquet"), url.replace(/\/[\w-]+\/0/, "/x/0")];
    for (const address of [...wrong, url.replace(/exports\/\d+/, "exports/99")])
      expect((await get(address)).status).toBe(404);
    expect((await get(url, {}, "POST")).status).toBe(405);
  });

  test("answers HEAD, and tells what tells the file from others", async () => {
    const { url, bytes } = await fileOf();
    const head = await get(url, {}, "HEAD");
    expect([head.status, head.headers["content-length"], head.body]).toEqual([200, String(bytes.length), ""]);
    expect(head.headers["accept-ranges"]).toBe("bytes");
    expect(head.headers.etag).toMatch(/^"[0-9a-f]{32}"$/);
    expect((await get(url, { "if-none-match": String(head.headers.etag) })).status).toBe(304);
  });

  test("gives parts", async () => {
    const { url, bytes } = await fileOf();
    const size = bytes.length;
    const part = async (range: string, headers: Record<string, string> = {}) => {
      const answer = await fetch(url, { headers: { range, ...headers } });
      const body = Buffer.from(await answer.arrayBuffer());
      return [answer.status, answer.headers.get("content-range"), body.toString("latin1")];
    };
    const slice = (from: number, to: number) => bytes.subarray(from, to).toString("latin1");
    expect(await part("bytes=0-0")).toEqual([206, `bytes 0-0/${size}`, "P"]);
    expect(await part("bytes=4-9")).toEqual([206, `bytes 4-9/${size}`, slice(4, 10)]);
    expect(await part("bytes=-8")).toEqual([
      206,
      `bytes ${size - 8}-${size - 1}/${size}`,
      slice(size - 8, size),
    ]);
    expect(await part(`bytes=${size - 4}-`)).toEqual([206, `bytes ${size - 4}-${size - 1}/${size}`, "PAR1"]);
    expect(await part(`bytes=${size - 4}-${size + 9}`)).toEqual([
      206,
      `bytes ${size - 4}-${size - 1}/${size}`,
      "PAR1",
    ]);
    expect(await part("bytes=-999999")).toEqual([206, `bytes 0-${size - 1}/${size}`, slice(0, size)]);
    expect(await part(`bytes=${size}-`)).toEqual([416, `bytes */${size}`, ""]);
    expect(await part("bytes=-0")).toEqual([416, `bytes */${size}`, ""]);
    for (const ignored of ["bytes=0-1,3-4", "rows=0-1", "bytes=5-2", "bytes=-"])
      expect((await part(ignored))[0]).toBe(200);
    expect((await part("bytes=0-3", { "if-range": '"another"' }))[0]).toBe(200);
  });
});
