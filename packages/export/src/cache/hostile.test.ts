import {
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { type FileHost, fileHost, rowsOf, SECRET, wanted } from "../testing/file-host.ts";
import { parquetFile, steps } from "../testing/parquet-file.ts";

const NUMBERS = steps(0, 40_000).map((step) => Math.sin(Number(step)) * 1e6);

/** A file that is too long to come at once, of several columns and row groups. */
function longFile(shift = 0): Promise<Buffer> {
  const columns = {
    _step: steps(0, 40_000),
    x: NUMBERS.map((value) => value + shift),
    y: NUMBERS,
    z: NUMBERS,
  };
  return parquetFile(
    { ...columns, u: NUMBERS.map((value) => value * 2) },
    { rowGroupRows: 20_000, compression: "UNCOMPRESSED" },
  );
}

const file = await longFile();

async function xOf(host: FileHost, folder?: string): Promise<unknown[]> {
  const opened = await host.open(["a"], folder === undefined ? {} : { folder });
  return (await rowsOf(opened, { keys: ["x"] })).map(({ x }) => x);
}

/** All files below a folder, with their paths. */
function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name));
}

const data = (host: FileHost) => filesIn(host.cacheFolder).filter((name) => name.endsWith(".parquet"));
const records = (host: FileHost) => filesIn(host.cacheFolder).filter((name) => name.endsWith(".json"));

async function failure(work: Promise<unknown>): Promise<Error> {
  const error = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(error).toBeInstanceOf(Error);
  const all = `${(error as Error).stack} ${String((error as Error).cause)}`;
  expect(all).not.toContain("topsecret");
  return error as Error;
}

describe("a server", { timeout: 60_000 }, () => {
  test("is asked for what changed only, and for four bytes of what is there", async () => {
    const host = await fileHost({ a: file });
    expect(await xOf(host)).toEqual(NUMBERS);
    host.requests.length = 0;
    expect(await xOf(host)).toEqual(NUMBERS);
    expect(host.requests.map(({ range }) => range)).toEqual(["bytes=0-3"]);
  });

  test("that signs its URLs anew has the same files", async () => {
    const host = await fileHost({ a: file });
    await xOf(host);
    const run = host.run(["a"]);
    const urls = run.urls.map((url) => url.replace(SECRET, "X-Signature=another"));
    host.run = () => ({ ...run, urls });
    host.requests.length = 0;
    await xOf(host);
    expect(host.requests.map(({ range }) => range)).toEqual(["bytes=0-3"]);
  });

  test("that has other contents at the same place is asked for them", async () => {
    const host = await fileHost({ a: file });
    await xOf(host);
    host.files.set("a", { bytes: await longFile(1), etag: '"2"' });
    expect(await xOf(host)).toEqual(NUMBERS.map((value) => value + 1));
    host.files.set("a", { bytes: file, etag: '"1"' });
    host.requests.length = 0;
    expect(await xOf(host)).toEqual(NUMBERS);
    expect(host.requests).toHaveLength(1);
  });

  test("that tells nothing but the length is believed by what the files say of themselves", async () => {
    const host = await fileHost({});
    host.files.set("a", { bytes: file });
    expect(await xOf(host)).toEqual(NUMBERS);
    const other = await longFile(1);
    expect(other.length).toBe(file.length);
    host.files.set("a", { bytes: other });
    expect(await xOf(host)).toEqual(NUMBERS.map((value) => value + 1));
  });

  test.each([['"1"'], [undefined]])("that sends whole files only works, with the mark %s", async (etag) => {
    const host = await fileHost({});
    host.files.set("a", { bytes: file, etag });
    host.hasRanges = false;
    expect(await xOf(host)).toEqual(NUMBERS);
    expect(await xOf(host)).toEqual(NUMBERS);
    expect(data(host)).toHaveLength(1);
  });

  test("whose file changes between two parts is begun with once more", async () => {
    const host = await fileHost({ a: file });
    const other = await longFile(1);
    let count = 0;
    host.intercept = () => {
      if (++count === 2) host.files.set("a", { bytes: other, etag: '"2"' });
      return false;
    };
    expect(await xOf(host)).toEqual(NUMBERS.map((value) => value + 1));
  });

  test("whose file changes before its rows are read is begun with once more, too", async () => {
    const host = await fileHost({ a: file });
    const opened = await host.open(["a"]);
    host.files.set("a", { bytes: await longFile(1), etag: '"2"' });
    expect((await rowsOf(opened, { keys: ["x"] })).map(({ x }) => x)).toEqual(
      NUMBERS.map((value) => value + 1),
    );
  });

  test("whose file never stays the same makes an error that names it", async () => {
    const host = await fileHost({ a: file });
    let count = 0;
    host.intercept = () => {
      host.files.set("a", { bytes: file, etag: `"${++count}"` });
      return false;
    };
    expect((await failure(xOf(host))).message).toMatch(/"a" of run team\/demo\/abc123 changed/);
  });

  test("that breaks off is asked for the rest", async () => {
    const host = await fileHost({ a: file });
    let left = 3;
    host.intercept = ({ range }, response) => {
      if (left === 0 || host.requests.length < 3) return false;
      left--;
      const [start, end] = (range as string).slice(6).split("-").map(Number) as [number, number];
      response.writeHead(206, {
        etag: '"1"',
        "content-range": `bytes ${start}-${end}/${file.length}`,
        "content-length": end - start + 1,
      });
      response.write(file.subarray(start, start + Math.floor((end - start) / 2)), () => response.destroy());
      return true;
    };
    expect(await xOf(host)).toEqual(NUMBERS);
    expect(left).toBe(0);
  });

  test("that sends less than it says, every time, makes an error that names the file", async () => {
    const host = await fileHost({ a: file });
    host.intercept = ({ range }, response) => {
      if (host.requests.length < 3) return false;
      const [start] = (range as string).slice(6).split("-").map(Number) as [number];
      response
        .writeHead(206, { etag: '"1"', "content-range": `bytes ${start}-${start}/${file.length}` })
        .end();
      return true;
    };
    expect((await failure(xOf(host))).message).toMatch(/"a" of run team\/demo\/abc123 can't be read/);
    expect(records(host)).toEqual([]);
  });

  test("that sends another range makes an error that names the file", async () => {
    const host = await fileHost({ a: file });
    host.intercept = (_, response) => {
      response.writeHead(206, { etag: '"1"', "content-range": `bytes 7-10/${file.length}` }).end("abcd");
      return true;
    };
    expect((await failure(xOf(host))).message).toMatch(/"a" .* can't be read in parts/);
  });

  test.each([
    ["is empty", Buffer.alloc(0)],
    ["is no Parquet file", Buffer.from("<html>Sign in</html>".repeat(50))],
    ["is cut off", file.subarray(0, file.length - 1000)],
    [
      "has a footer longer than itself",
      Buffer.concat([Buffer.from("PAR1"), Buffer.from([255, 255, 255, 127]), Buffer.from("PAR1")]),
    ],
  ])("whose file %s makes an error that names it, when it came so twice", async (_, bytes) => {
    const host = await fileHost({ a: bytes });
    expect((await failure(xOf(host))).message).toMatch(/"a"/);
    expect(host.requests.length).toBeLessThan(8);
  });

  test("that gave a broken file once is asked again", async () => {
    const broken = Buffer.from(file);
    broken.fill(0xff, 4, 300_000);
    const host = await fileHost({ a: broken });
    host.intercept = () => {
      if (host.requests.length > 3) host.files.set("a", { bytes: file, etag: '"1"' });
      return false;
    };
    expect(await xOf(host)).toEqual(NUMBERS);
    const again = await fileHost({ a: broken });
    expect((await failure(xOf(again))).message).toMatch(
      /"a" of run team\/demo\/abc123 is not a Parquet file that can be read/,
    );
  });

  test("that gave a broken file doesn't bring polars, or this process, down", async () => {
    const broken = Buffer.from(await parquetFile({ _step: steps(0, 5000), x: NUMBERS.slice(0, 5000) }));
    broken.fill(0xa5, 4, 400);
    const host = await fileHost({ a: broken });
    const frames = (await host.open(["a"])).readAs("polars", wanted(), {});
    expect(
      (
        await failure(
          (async () => {
            for await (const _ of frames ?? []);
          })(),
        )
      ).message,
    ).toMatch(/"a" of run team\/demo\/abc123 is not a Parquet/);
    const lazy = (await host.open(["a"])).readAs("polars-lazy", wanted(), {});
    expect(
      (
        await failure(
          (async () => {
            for await (const _ of lazy ?? []);
          })(),
        )
      ).message,
    ).toMatch(/"a" of run/);
  });

  test("that is waited for is left at once when the signal says so", async () => {
    const host = await fileHost({ a: file });
    const opened = await host.open(["a"]);
    const stop = new AbortController();
    host.intercept = (_, response) => {
      response.writeHead(206, { etag: '"1"', "content-range": `bytes 0-9/${file.length}` }).flushHeaders();
      stop.abort(new Error("enough"));
      return true;
    };
    expect((await failure(rowsOf(opened, { keys: ["x"], signal: stop.signal }))).message).toBe("enough");
    expect(filesIn(host.cacheFolder)).toEqual([]);
  });

  test("that refuses a signature is asked where the file is now", async () => {
    const host = await fileHost({ a: file });
    host.intercept = ({ url }, response) => {
      if (url.includes("fresh")) return false;
      response.writeHead(403).end("<Error>Request has expired</Error>");
      return true;
    };
    const { run } = host;
    const renew = async () => run(["a"]).urls.map((url) => `${url}&fresh`);
    host.run = (names) => run(names, { renew });
    expect(await xOf(host)).toEqual(NUMBERS);
    host.run = (names) => run(names);
    expect((await failure(xOf(host))).name).toBe("PermissionError");
  });

  test("may call files what it likes", async () => {
    const name = `..%2F..%2F${"é".repeat(120)}`;
    const host = await fileHost({});
    host.files.set(decodeURIComponent(name), { bytes: file, etag: '"../../x"' });
    host.files.set("b", { bytes: Buffer.from("no"), etag: '"1"' });
    const opened = await host.open([encodeURI(name).replaceAll("%25", "%")]);
    expect(await rowsOf(opened, { keys: ["x"] })).toHaveLength(40_000);
    expect(data(host).every((path) => path.startsWith(host.cacheFolder))).toBe(true);
  });
});

describe("the cache", { timeout: 60_000 }, () => {
  test("takes bytes that someone changed for what they are", async () => {
    const host = await fileHost({ a: file });
    await xOf(host);
    const [path] = data(host) as [string];
    const bytes = readFileSync(path);
    bytes.fill(1, 100, 200);
    writeFileSync(path, bytes);
    expect(await xOf(host)).toEqual(NUMBERS);
    expect(host.requests.length).toBeGreaterThan(3);
  });

  test("trusts a file whose time changed when its bytes are the same", async () => {
    const host = await fileHost({ a: file });
    await xOf(host);
    utimesSync((data(host) as [string])[0], 1, 1);
    host.requests.length = 0;
    expect(await xOf(host)).toEqual(NUMBERS);
    expect(await xOf(host)).toEqual(NUMBERS);
    expect(host.requests).toHaveLength(2);
  });

  test.each([
    ["garbage", () => "garbage"],
    ["null", () => "null"],
    ["another identity", (text: string) => text.replace(/"identity":"./, '"identity":"x')],
    ["no ranges", (text: string) => text.replace(/"ranges":\[.*?\}\]/, '"ranges":[]')],
    ["ranges beyond the end", (text: string) => text.replace(/"end":\d+/, '"end":99999999999')],
    ["ranges that begin below 0", (text: string) => text.replace(/"start":\d+/, '"start":-5')],
    ["another length", (text: string) => text.replace(/"size":\d+/, '"size":12')],
    ["another format", (text: string) => text.replace('"format":1', '"format":2')],
  ])("doesn't believe a record with %s", async (_, change) => {
    const host = await fileHost({ a: file });
    await xOf(host);
    const [path] = records(host) as [string];
    writeFileSync(path, change(readFileSync(path, "utf8")));
    expect(await xOf(host)).toEqual(NUMBERS);
    expect(await xOf(host)).toEqual(NUMBERS);
  });

  test("doesn't read a file that is cut off, gone, or a link to another", async () => {
    const host = await fileHost({ a: file });
    await xOf(host);
    const [path] = data(host) as [string];
    truncateSync(path, 1000);
    expect(await xOf(host)).toEqual(NUMBERS);
    const { rmSync } = await import("node:fs");
    rmSync(path, { force: true });
    expect(await xOf(host)).toEqual(NUMBERS);
    const [again] = data(host) as [string];
    writeFileSync(join(host.cacheFolder, "elsewhere"), readFileSync(again));
    rmSync(again);
    symlinkSync(join(host.cacheFolder, "elsewhere"), again);
    expect(await xOf(host)).toEqual(NUMBERS);
    expect(existsSync(join(host.cacheFolder, "elsewhere"))).toBe(true);
  });

  test("isn't disturbed by what a process left that was killed", async () => {
    const host = await fileHost({ a: file });
    await xOf(host);
    const [path] = data(host) as [string];
    const left = join(path, "..", ".99999-left");
    writeFileSync(left, "half");
    const orphan = join(path, "..", "0123.parquet");
    writeFileSync(orphan, "half");
    const day = Date.now() / 1000 - 90_000;
    for (const old of [left, orphan]) utimesSync(old, day, day);
    expect(await rowsOf(await host.open(["a"]))).toHaveLength(40_000); // which adds to the cache
    expect([existsSync(left), existsSync(orphan)]).toEqual([false, false]);
  });

  test("is filled by two at once", async () => {
    const host = await fileHost({ a: file });
    const all = await Promise.all([
      ...[0, 1, 2].map(() => xOf(host)),
      ...["y", "z"].map(async (key) =>
        (await rowsOf(await host.open(["a"]), { keys: [key] })).map((row) => row[key]),
      ),
    ]);
    expect(all).toEqual([NUMBERS, NUMBERS, NUMBERS, NUMBERS, NUMBERS]);
    host.requests.length = 0;
    expect(await xOf(host)).toEqual(NUMBERS);
    expect(host.requests).toHaveLength(1);
  });

  test("gets the columns that are new to it, and keeps those that it has", async () => {
    const host = await fileHost({ a: file });
    await xOf(host);
    host.requests.length = 0;
    await rowsOf(await host.open(["a"]), { keys: ["u", "x"] });
    const more = host.requests.length;
    expect(more).toBeGreaterThan(1);
    await rowsOf(await host.open(["a"]), { keys: ["u"] });
    expect(host.requests).toHaveLength(more + 1);
  });

  test("stays below its limit, and lets a reader end", async () => {
    const host = await fileHost({ a: file, b: file, c: file });
    const sizeOf = (path: string) => statSync(path).blocks * 512;
    const opened = await host.open(["a"], { maxBytes: 2_000_000 });
    const reading = opened.read(wanted({ batchRows: 1000 }));
    expect((await reading.next()).value?.numRows).toBe(1000);
    for (const name of ["b", "c"]) await rowsOf(await host.open([name], { maxBytes: 2_000_000 }));
    let count = 1000;
    for await (const { numRows } of reading) count += numRows;
    expect(count).toBe(40_000);
    await rowsOf(await host.open(["b"], { maxBytes: 2_000_000 }));
    const bytes = data(host).reduce((sum, path) => sum + sizeOf(path), 0);
    expect(bytes).toBeGreaterThan(1_000_000);
    expect(bytes).toBeLessThanOrEqual(2_000_000);
  });

  test("may be emptied while it is read", async () => {
    const host = await fileHost({ a: file });
    const opened = await host.open(["a"]);
    const { rmSync } = await import("node:fs");
    let count = 0;
    for await (const { numRows } of opened.read(wanted({ batchRows: 1000 }))) {
      if (count === 0) rmSync(host.cacheFolder, { recursive: true });
      count += numRows;
    }
    expect(count).toBe(40_000);
  });

  test("may be impossible: then all is read without one, and a warning says so once", async () => {
    const warnings: string[] = [];
    const listener = ({ message }: Error) => void warnings.push(message);
    process.on("warning", listener);
    onTestFinished(() => void process.off("warning", listener));
    const host = await fileHost({ a: file });
    expect(await xOf(host, "/dev/null/cache")).toEqual(NUMBERS);
    host.hasRanges = false;
    expect(await xOf(host, "/dev/null/cache")).toEqual(NUMBERS);
    await vi.waitFor(() => expect(warnings).toHaveLength(2));
    expect(warnings[0]).toMatch(
      /read without a cache: \/dev\/null\/cache can't be used .*LAZYRUNS_CACHE_DIR/,
    );
  });

  test("goes on where the disk is full", async () => {
    const host = await fileHost({ a: file });
    const some = await open(new URL(import.meta.url), "r");
    const write = vi.spyOn(Object.getPrototypeOf(some), "write");
    await some.close();
    write.mockRejectedValue(
      Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" }),
    );
    onTestFinished(() => write.mockRestore());
    expect(await xOf(host)).toEqual(NUMBERS);
    expect(filesIn(host.cacheFolder)).toEqual([]);
  });
});
