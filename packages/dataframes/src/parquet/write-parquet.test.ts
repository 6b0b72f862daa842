import { once } from "node:events";
import { existsSync, readdirSync, statSync } from "node:fs";
import { chmod, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { HistoryTable, InvalidArgumentError, LazyrunsError, RunTable } from "@lazyruns/core";
import { tableFromIPC } from "@uwdata/flechette";
import { Encoding, ParquetFile, readParquet } from "parquet-wasm";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { writeParquet } from "./write-parquet.ts";

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "lazyruns-parquet-"));
  path = join(folder, "out.parquet");
});

afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true, force: true });
});

async function rowsOf(file: string): Promise<Record<string, unknown>[]> {
  const bytes = readParquet(await readFile(file)).intoIPCStream();
  return tableFromIPC(bytes, { useBigInt: true }).toArray() as Record<string, unknown>[];
}

/** A table whose runs have a number of rows each. */
function steps(...lengths: readonly number[]): HistoryTable {
  const ids = lengths.flatMap((length, run) => new Array<string>(length).fill(`run${run}`));
  const values = BigInt64Array.from(ids, (_, row) => BigInt(row));
  return HistoryTable.fromColumns(ids, [{ name: "_step", dtype: "int64", values, validity: null }]);
}

describe("a table becomes a file", () => {
  test("of histories: every value exact, NaN and null apart", async () => {
    const table = HistoryTable.fromColumns(
      ["a", "a", "b"],
      [
        {
          name: "big",
          dtype: "int64",
          values: BigInt64Array.of(2n ** 53n + 1n, 0n, -(2n ** 63n)),
          validity: null,
        },
        {
          name: "loss",
          dtype: "float64",
          values: Float64Array.of(Number.NaN, 0, -0),
          validity: Uint8Array.of(0b101),
        },
        { name: "norms", dtype: "json", values: ['{"l1":1}', "[1]", ""], validity: Uint8Array.of(0b011) },
        { name: "nothing", dtype: "null", values: new Uint8Array(3), validity: Uint8Array.of(0) },
        { name: "ok", dtype: "bool", values: Uint8Array.of(1, 0, 0), validity: Uint8Array.of(0b011) },
        { name: "text", dtype: "utf8", values: ["é😀", "", ""], validity: Uint8Array.of(0b011) },
      ],
    );
    await writeParquet(table, path);
    expect(await rowsOf(path)).toEqual([
      {
        run_id: "a",
        big: 2n ** 53n + 1n,
        loss: Number.NaN,
        norms: '{"l1":1}',
        nothing: null,
        ok: true,
        text: "é😀",
      },
      { run_id: "a", big: 0n, loss: null, norms: "[1]", nothing: null, ok: false, text: "" },
      { run_id: "b", big: -(2n ** 63n), loss: -0, norms: null, nothing: null, ok: null, text: null },
    ]);
    expect(await readdir(folder)).toEqual(["out.parquet"]);
  });

  test("of runs, with dates, by a URL", async () => {
    const columns = new Map<string, (string | Date | number | null)[]>([
      ["run_id", ["a", "b"]],
      ["createdAt", [new Date(1_700_000_000_123), null]],
      ["config.lr", [0.1, null]],
    ]);
    await writeParquet(new RunTable(columns, 2), pathToFileURL(path), { compression: "snappy" });
    expect(await rowsOf(path)).toEqual([
      { run_id: "a", createdAt: 1_700_000_000_123, "config.lr": 0.1 },
      { run_id: "b", createdAt: null, "config.lr": null },
    ]);
  });

  test("with nested values as structs, of one type in every piece", async () => {
    const values = [
      ...new Array<string>(40_000).fill('{"a":1}'),
      ...new Array<string>(40_000).fill('{"b":[0.5]}'),
    ];
    const ids = values.map((_, row) => (row < 40_000 ? "a" : "b"));
    const table = HistoryTable.fromColumns(ids, [{ name: "j", dtype: "json", values, validity: null }]);
    await writeParquet(table, path, { nested: "struct" });
    const rows = await rowsOf(path);
    expect(rows).toHaveLength(80_000);
    expect(rows.at(0)).toEqual({ run_id: "a", j: { a: 1n, b: null } });
    expect(rows.at(-1)).toEqual({ run_id: "b", j: { a: null, b: Float64Array.of(0.5) } });
  });

  test("of more pieces than one, and of a run that is longer than a piece", async () => {
    await writeParquet(steps(40_000, 40_000, 150_000, 1), path);
    const rows = await rowsOf(path);
    expect(rows).toHaveLength(230_001);
    expect(rows.findIndex((row, index) => row._step !== BigInt(index))).toBe(-1);
    expect(rows.at(-1)?.run_id).toBe("run3");
  });

  test("whose whole numbers and moments are stored by their differences", async () => {
    const longs = BigInt64Array.from({ length: 1000 }, (_, row) => BigInt(row));
    const columns = (["int64", "datetime"] as const).map(
      (dtype) => ({ name: dtype, dtype, values: longs, validity: null }) as const,
    );
    await writeParquet(HistoryTable.fromColumns(new Array<string>(1000).fill("r"), columns), path);
    const file = await ParquetFile.fromFile(new Blob([await readFile(path)]));
    const group = file.metadata().rowGroup(0);
    const encoded = Array.from({ length: group.numColumns() }, (_, index) => {
      const column = group.column(index);
      return [column.columnPath()[0], column.encodings().includes(Encoding.DELTA_BINARY_PACKED)];
    });
    expect(Object.fromEntries(encoded)).toEqual({ run_id: false, datetime: true, int64: true });
  });

  test("without rows", async () => {
    const none = { name: "loss", dtype: "float64", values: new Float64Array(), validity: null } as const;
    await writeParquet(HistoryTable.fromColumns([], [none]), path);
    const table = tableFromIPC(readParquet(await readFile(path)).intoIPCStream());
    expect(table.numRows).toBe(0);
    expect(table.names).toContain("run_id");
  });

  test("of the names that columns can have", async () => {
    const names = ["", "a.b.c", "a", "A", "ü😀", 'quo"te', "new\nline", "\0", "x".repeat(5000)];
    const values = Float64Array.of(0.5);
    const columns = names.map((name) => ({ name, dtype: "float64", values, validity: null }) as const);
    await writeParquet(HistoryTable.fromColumns(["r"], columns), path);
    const row = Object.fromEntries(names.map((name) => [name, 0.5]));
    expect(await rowsOf(path)).toEqual([{ run_id: "r", ...row }]);
  });
});

describe("the file is whole or not there", () => {
  const old = "what was there";
  const kept = async () => {
    expect(await readdir(folder)).toEqual(["out.parquet"]);
    expect(await readFile(path, "utf8")).toBe(old);
  };

  test("one that was there is replaced, through a link too", async () => {
    await writeFile(path, old);
    const link = join(folder, "link.parquet");
    await symlink(path, link);
    await writeParquet(steps(3), link);
    expect(await rowsOf(path)).toHaveLength(3);
    expect((await readdir(folder)).sort()).toEqual(["link.parquet", "out.parquet"]);
    expect(await readFile(link)).toEqual(await readFile(path));
  });

  test.skipIf(process.platform === "win32").each([0o600, 0o666])(
    "one that is replaced is as open as it was, before and after: %o",
    async (mode) => {
      await writeFile(path, old);
      await chmod(path, mode);
      const table = steps(70_000);
      const modes: number[] = [];
      const look = () => {
        for (const name of readdirSync(folder)) modes.push(statSync(join(folder, name)).mode & 0o777);
      };
      const source = {
        numRows: table.numRows,
        columnNames: table.columnNames,
        column: (name: string) => table.column(name),
        *batches() {
          look();
          yield table;
        },
      };
      await writeParquet(source as never, path);
      look();
      expect(modes).toEqual([mode, mode, mode]);
    },
  );

  test("one that is there stays whatever a listener makes of its warnings", async () => {
    const at = { name: "at", dtype: "utf8", values: ["never"], validity: null } as const;
    const onWarning = vi.fn(() => {
      throw new Error("no warnings please");
    });
    await writeParquet(HistoryTable.fromColumns(["a"], [at]), path, { datetimes: ["at"], onWarning });
    expect(onWarning).toHaveBeenCalledTimes(1);
    expect(await rowsOf(path)).toEqual([{ run_id: "a", at: null }]);
  });

  test("one that was there stays while the new one isn't whole, and when it is given up", async () => {
    await writeFile(path, old);
    const stop = new AbortController();
    const table = steps(200_000);
    const seen: string[] = [];
    async function look() {
      seen.push(await readFile(path, "utf8"));
    }
    const looks: Promise<void>[] = [];
    const source = {
      numRows: table.numRows,
      columnNames: table.columnNames,
      column: (name: string) => table.column(name),
      *batches() {
        yield table;
        looks.push(look());
        yield table;
        stop.abort(new Error("enough"));
        yield table;
      },
    };
    await expect(writeParquet(source as never, path, { signal: stop.signal })).rejects.toThrow("enough");
    await Promise.all(looks);
    expect(seen).toEqual([old]);
    await kept();
  });

  test("nothing is left of a table that fails midway", async () => {
    await writeFile(path, old);
    const table = steps(200_000);
    const source = {
      numRows: table.numRows,
      columnNames: table.columnNames,
      column: (name: string) => table.column(name),
      *batches() {
        yield table;
        throw new Error("no more");
      },
    };
    await expect(writeParquet(source as never, path)).rejects.toThrow("no more");
    await kept();
  });

  test.each([
    ["ENOSPC", "writeFile", /disk is full.*Free some space/],
    ["EIO", "writeFile", /can't be written: it failed/],
    ["EIO", "sync", /can't be written: it failed/],
  ] as const)("nothing is left when the disk fails with %s in %s", async (code, method, message) => {
    await writeFile(path, old);
    const { open } = await import("node:fs/promises");
    const handle = await open(path);
    const failing = vi.spyOn(Object.getPrototypeOf(handle), method);
    await handle.close();
    failing.mockRejectedValue(Object.assign(new Error("it failed"), { code }));
    const failure = await writeParquet(steps(300_000), path).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(LazyrunsError);
    expect(String(failure)).toMatch(message);
    expect(failing).toHaveBeenCalledTimes(1);
    vi.restoreAllMocks();
    await kept();
  });
});

describe("is refused before anything is written", () => {
  test.each([
    ["no table", [{ loss: 1 }], "out.parquet", {}, /takes a HistoryTable or a RunTable/],
    ["no path", steps(1), "", {}, /path is ""/],
    ["an address", steps(1), new URL("https://example.com/a"), {}, /path is https/],
    ["a compression there isn't", steps(1), "out.parquet", { compression: "lzo" }, /compression is "lzo"/],
    ["an option of frames", steps(1), "out.parquet", { nested: "rows" }, /nested is "rows"/],
    ["no signal", steps(1), "out.parquet", { signal: {} }, /signal must be/],
    ["a folder that is missing", steps(1), "no/out.parquet", {}, /no doesn't exist. Make it first/],
    ["a folder", steps(1), "none/..", {}, /it is a folder/],
    ["a new folder", steps(1), "new/", {}, /new\/"; it must be the path of a file/],
    ["a new folder by a dot", steps(1), "new/.", {}, /new\/\."; it must be the path of a file/],
    ["null for options", steps(1), "out.parquet", null, /options is null/],
  ] as const)("%s", async (_, table, file, options, message) => {
    const at = typeof file === "string" && file !== "" ? `${folder}/${file}` : file;
    const failure = await writeParquet(table as never, at, options as never).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(InvalidArgumentError);
    expect(String(failure)).toMatch(message);
    expect(await readdir(folder)).toEqual([]);
  });

  test.runIf(existsSync("/proc/self"))("a file in a folder that takes none", async () => {
    await expect(writeParquet(steps(1), "/proc/out.parquet")).rejects.toThrow(/can't be written: ENOENT/);
  });

  test("what is no file, such as a socket", async () => {
    const server = createServer().listen(path);
    await once(server, "listening");
    await expect(writeParquet(steps(1), path)).rejects.toThrow("it is no ordinary file");
    expect(await readdir(folder)).toEqual(["out.parquet"]);
    server.close();
    await once(server, "close");
  });

  test("work that was given up before", async () => {
    const signal = AbortSignal.abort(new Error("never"));
    await expect(writeParquet(steps(1), path, { signal })).rejects.toThrow("never");
    expect(await readdir(folder)).toEqual([]);
  });
});
