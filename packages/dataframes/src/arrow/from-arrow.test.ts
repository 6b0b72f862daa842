import { HistoryTable, InvalidArgumentError } from "@lazyruns/core";
import * as flechette from "@uwdata/flechette";
import * as apache from "apache-arrow";
import fc from "fast-check";
import pl from "nodejs-polars";
import { afterEach, describe, expect, test } from "vitest";
import { anyRows, tableOf } from "../testing/tables.ts";
import { fromArrow } from "./from-arrow.ts";
import { toArrow, toArrowIPC } from "./to-arrow.ts";

const heard: string[] = [];
const quiet = { onWarning: ({ message }: { message: string }) => void heard.push(message) };
afterEach(() => expect(heard.splice(0)).toEqual([]));

describe("a table that went to Arrow and back", () => {
  const same = (back: HistoryTable, table: HistoryTable) => {
    expect(back.toRows()).toStrictEqual(table.toRows());
    expect(back.columnNames).toEqual(table.columnNames);
    for (const name of table.columnNames) {
      expect([name, back.column(name).dtype]).toEqual([name, table.column(name).dtype]);
    }
  };

  test("has the same rows, by its bytes", async () => {
    await fc.assert(
      fc.asyncProperty(anyRows, async (rows) => {
        const table = tableOf(rows);
        same(await fromArrow(toArrowIPC(table, quiet), quiet), table);
      }),
    );
  });

  test("has the same rows, as flechette's table", async () => {
    await fc.assert(
      fc.asyncProperty(anyRows, async (rows) => {
        const table = tableOf(rows);
        same(await fromArrow(await toArrow(table, quiet), quiet), table);
      }),
    );
  });

  test("and has them wherever in memory the bytes lie, and as an ArrayBuffer", async () => {
    const table = tableOf({
      runIds: ["r", "r"],
      columns: [{ name: "x", dtype: "float64", cells: [1.5, null] }],
    });
    const bytes = toArrowIPC(table);
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    same(await fromArrow(shifted.subarray(3)), table);
    same(await fromArrow(bytes.slice().buffer as ArrayBuffer), table);
  });
});

describe("Arrow data of other makes", () => {
  const ids = apache.vectorFromArray(["a", "a", "b"], new apache.Utf8());
  const columns = {
    run_id: apache.vectorFromArray(
      ["a", "a", "b"],
      new apache.Dictionary(new apache.Utf8(), new apache.Int16()),
    ),
    int8: apache.vectorFromArray([-1, null, 3], new apache.Int8()),
    uint32: apache.vectorFromArray([1, 4294967295, 3], new apache.Uint32()),
    uint64: apache.vectorFromArray([1n, 2n ** 64n - 1n, null], new apache.Uint64()),
    small64: apache.vectorFromArray([1n, 2n, null], new apache.Uint64()),
    float32: apache.vectorFromArray([0.5, Number.NaN, null], new apache.Float32()),
    float16: apache.vectorFromArray([0.5, null, -2], new apache.Float16()),
    large: apache.vectorFromArray(["é", "", null], new apache.LargeUtf8()),
    second: apache.vectorFromArray([1000, null, -1000], new apache.TimestampSecond()),
    micro: apache.vectorFromArray([1000, null, -1000], new apache.TimestampMicrosecond("UTC")),
    day: apache.vectorFromArray([new Date("2024-02-29"), null, new Date(0)], new apache.DateDay()),
    struct: apache.vectorFromArray(
      [{ x: 1n, y: ["p", null] }, null, { x: null, y: [] }],
      new apache.Struct<{ x: apache.Int64; y: apache.List<apache.Utf8> }>([
        new apache.Field("x", new apache.Int64(), true),
        new apache.Field("y", new apache.List(new apache.Field("item", new apache.Utf8(), true)), true),
      ]),
    ),
    pair: apache.vectorFromArray(
      [[1, 2], null, [3, 4]],
      new apache.FixedSizeList(2, new apache.Field("item", new apache.Float64(), true)),
    ),
  };
  const expected = [
    {
      run_id: "a",
      int8: -1,
      uint32: 1,
      uint64: 1,
      small64: 1,
      float32: 0.5,
      float16: 0.5,
      large: "é",
      second: "1970-01-01T00:00:01.000Z",
      micro: "1970-01-01T00:00:01.000Z",
      day: "2024-02-29T00:00:00.000Z",
      struct: { x: 1, y: ["p", null] },
      pair: [1, 2],
    },
    { run_id: "a", uint32: 4294967295, uint64: 2n ** 64n - 1n, small64: 2, float32: Number.NaN, large: "" },
    {
      run_id: "b",
      int8: 3,
      uint32: 3,
      float16: -2,
      second: "1969-12-31T23:59:59.000Z",
      micro: "1969-12-31T23:59:59.000Z",
      day: "1970-01-01T00:00:00.000Z",
      struct: { x: null, y: [] },
      pair: [3, 4],
    },
  ];
  const table = new apache.Table(columns);

  test.each(["stream", "file"] as const)("is read, a %s", async (form) => {
    const read = await fromArrow(apache.tableToIPC(table, form), quiet);
    expect(read.toRows()).toEqual(expected);
    expect(read.column("int8").dtype).toBe("int64");
    expect(read.column("uint64").dtype).toBe("json");
    expect(read.column("small64").dtype).toBe("int64");
    expect(read.column("second").dtype).toBe("datetime");
  });

  test.each(["stream", "file"] as const)("has its types without rows, too, in a %s", async (form) => {
    const empty = new apache.Table(table.schema);
    const read = await fromArrow(apache.tableToIPC(empty, form), quiet);
    expect(read.numRows).toBe(0);
    expect(Object.fromEntries(read.columnNames.map((name) => [name, read.column(name).dtype]))).toEqual({
      run_id: "utf8",
      int8: "int64",
      uint32: "int64",
      uint64: "int64",
      small64: "int64",
      float32: "float64",
      float16: "float64",
      large: "utf8",
      second: "datetime",
      micro: "datetime",
      day: "datetime",
      struct: "json",
      pair: "json",
    });
  });

  test("is read from batches whose dictionaries and widths differ", async () => {
    const batch = (id: string, value: bigint) =>
      new apache.Table({
        run_id: apache.vectorFromArray([id], new apache.Dictionary(new apache.Utf8(), new apache.Int8(), 7)),
        wide: apache.vectorFromArray([value], new apache.Uint64()),
      });
    const both = batch("a", 1n).concat(batch("b", 2n ** 63n));
    const read = await fromArrow(apache.tableToIPC(both, "stream"), quiet);
    expect(read.toRows()).toEqual([
      { run_id: "a", wide: 1 },
      { run_id: "b", wide: 2n ** 63n },
    ]);
  });

  test("is null where a dictionary's entry is", async () => {
    const word = apache.makeVector({
      type: new apache.Dictionary(new apache.Utf8(), new apache.Int8()),
      data: Int8Array.of(1, 0, 1),
      dictionary: apache.vectorFromArray(["x", null], new apache.Utf8()),
    });
    const bytes = apache.tableToIPC(new apache.Table({ run_id: ids, word }), "stream");
    expect((await fromArrow(bytes, quiet)).toRows()).toEqual([
      { run_id: "a" },
      { run_id: "a", word: "x" },
      { run_id: "b" },
    ]);
  });

  test("is read from tables that flechette made", async () => {
    const made = flechette.tableFromArrays(
      { run_id: ["a", "b"], x: [1, null], view: ["short", "longer than twelve bytes"], flags: [[true], []] },
      { types: { run_id: flechette.utf8(), x: flechette.int32(), flags: flechette.list(flechette.bool()) } },
    );
    expect((await fromArrow(made, quiet)).toRows()).toEqual([
      { run_id: "a", x: 1, view: "short", flags: [true] },
      { run_id: "b", view: "longer than twelve bytes", flags: [] },
    ]);
  });

  test("tells of fractions of milliseconds, and of moments that no date reaches", async () => {
    const warnings: string[] = [];
    const moments = new apache.Table({
      run_id: ids,
      nano: apache.makeVector(
        apache.makeData({
          type: new apache.TimestampNanosecond(),
          data: BigInt64Array.of(1_999_999n, -1n, 2_000_000n),
        }),
      ),
      far: apache.makeVector(
        apache.makeData({ type: new apache.TimestampSecond(), data: BigInt64Array.of(2n ** 60n, 0n, 1n) }),
      ),
    });
    const read = await fromArrow(apache.tableToIPC(moments, "stream"), {
      onWarning: ({ message }) => warnings.push(message),
    });
    expect([...read.column("nano").values]).toEqual([1n, -1n, 2n]);
    expect(read.column("far").get(0)).toBe(null);
    expect(read.column("far").nullCount).toBe(1);
    expect(warnings).toEqual([
      'Column "nano" lost the fractions of milliseconds that 2 of its rows had.',
      'Column "far" is null in 1 rows whose moments are beyond what dates can name.',
    ]);
  });

  test.each([
    ["binary", new apache.Binary(), [Uint8Array.of(1)], /"binary" is of Arrow type Binary,/],
    ["time", new apache.TimeSecond(), [1], /"time" is of Arrow type Time,/],
    [
      "nested",
      new apache.List(new apache.Field("item", new apache.DurationSecond(), true)),
      [[1n]],
      /"nested" is of Arrow type Duration at item,/,
    ],
  ])("is refused where a column is %s", async (name, type, values, message) => {
    const bytes = apache.tableToIPC(
      new apache.Table({
        run_id: apache.vectorFromArray(["a"], new apache.Utf8()),
        [name]: apache.vectorFromArray(values, type as apache.DataType),
      }),
      "stream",
    );
    await expect(fromArrow(bytes)).rejects.toThrow(InvalidArgumentError);
    await expect(fromArrow(bytes)).rejects.toThrow(message);
  });

  test("is refused without a run a row", async () => {
    const write = (columns: Record<string, apache.Vector>) =>
      apache.tableToIPC(new apache.Table(columns), "stream");
    const x = apache.vectorFromArray([1], new apache.Int32());
    await expect(fromArrow(write({ x }))).rejects.toThrow(/no column "run_id".*it has "x"/);
    await expect(fromArrow(write({ run_id: x }))).rejects.toThrow(/"run_id" must be text, and is Int/);
    const some = apache.vectorFromArray(["a", null], new apache.Utf8());
    await expect(fromArrow(write({ run_id: some }))).rejects.toThrow(/rows without a value/);
  });

  test("is read as polars writes it, and refused where polars compressed it", async () => {
    const frame = pl.DataFrame({
      run_id: ["a", "b"],
      x: [1.5, null],
      word: ["short", "longer than twelve bytes"],
    });
    expect((await fromArrow(frame.writeIPC() as Buffer, quiet)).toRows()).toEqual([
      { run_id: "a", x: 1.5, word: "short" },
      { run_id: "b", word: "longer than twelve bytes" },
    ]);
    for (const [compression, name] of [["lz4", "LZ4"] as const, ["zstd", "Zstandard"] as const]) {
      const bytes = frame.writeIPC({ compression }) as Buffer;
      await expect(fromArrow(bytes)).rejects.toThrow(
        `their columns are compressed (${name}). Write them without`,
      );
    }
  });

  test("is refused where it is no table at all", async () => {
    await expect(fromArrow({} as never)).rejects.toThrow(InvalidArgumentError);
    await expect(fromArrow(undefined as never)).rejects.toThrow(InvalidArgumentError);
  });

  test("is refused with options that can't be right", async () => {
    for (const options of [null, { onWarning: "log" }]) {
      await expect(fromArrow(new Uint8Array(), options as never)).rejects.toThrow(/^(options|onWarning) is /);
    }
  });
});

describe("bytes that are broken", () => {
  const rows = {
    runIds: ["a", "a", "b"],
    columns: [
      { name: "x", dtype: "float64", cells: [1, null, 3] },
      { name: "t", dtype: "utf8", cells: ["x", null, "yz"] },
      { name: "j", dtype: "json", cells: ['{"a":[1,2]}', '{"b":{"c":"d"}}', null] },
      { name: "n", dtype: "int64", cells: [1n, 2n, 3n] },
    ],
  } as const;
  const stream = toArrowIPC(tableOf(rows), { nested: "struct" });
  const file = apache.tableToIPC(apache.tableFromIPC(stream), "file");

  test("are refused when cut off anywhere within a message", async () => {
    const ends = new Set(messageEnds(stream));
    for (let length = 0; length < stream.length; length++) {
      const cut = stream.slice(0, length);
      if (ends.has(length)) expect((await fromArrow(cut)).columnNames).toContain("x");
      else await expect(fromArrow(cut), `${length} bytes`).rejects.toThrow(InvalidArgumentError);
    }
    for (let length = 0; length < file.length; length++) {
      await expect(fromArrow(file.slice(0, length)), `${length} bytes`).rejects.toThrow(InvalidArgumentError);
    }
  });

  test("are refused or read, whatever is changed in them", async () => {
    const changes = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), {
      minLength: 1,
      maxLength: 4,
    });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(stream, file), changes, async (whole, changes) => {
        const bytes = whole.slice();
        for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
        await readOrRefused(bytes);
      }),
      { numRuns: 2000 },
    );
  });

  test("are refused when they are something else", async () => {
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), readOrRefused));
    await expect(fromArrow(new Uint8Array())).rejects.toThrow(/there are no bytes/);
  });

  test.each([
    ["a Parquet file, not Arrow data", "PAR1\x15\x04\x15\x10"],
    ["a Feather file of version 1, not Arrow data", "FEA1\0\0\0\0"],
    ["a gzip file, not Arrow data", "\x1f\x8b\x08\0\0"],
    ["a Zstandard file, not Arrow data", "\x28\xb5\x2f\xfd\x04"],
    ["JSON, not Arrow data", '{"loss":1}'],
    ["JSON, not Arrow data", '\n[ {"loss": 1}, {"loss": 2} ]'],
    ["text, not Arrow data", "run_id,loss\na,1\n"],
  ])("are called %s", async (what, text) => {
    const bytes = Buffer.from(text, "latin1");
    await expect(fromArrow(bytes)).rejects.toThrow(
      `These ${bytes.length} bytes can't be read as an Arrow IPC stream or file: they are ${what}.`,
    );
  });

  test("are said to begin otherwise where nothing is known of them, and not to be cut off", async () => {
    for (const text of ["\x89PNG\r\n\x1a\n\0", "\x08\0\0\0abcdefgh", "\0", "\xfe\xfe\xfe\xfe"]) {
      await expect(fromArrow(Buffer.from(text, "latin1"))).rejects.toThrow(
        /they don't begin as Arrow data does/,
      );
    }
  });

  test("are said to be cut off where they begin as Arrow data does", async () => {
    for (const cut of [stream.slice(0, 3), stream.slice(0, 20), stream.slice(0, -20), file.slice(0, 4)]) {
      await expect(fromArrow(cut)).rejects.toThrow(/cut off/);
    }
  });

  test("are read without the mark that messages got later", async () => {
    const [schema] = messageEnds(stream) as [number];
    expect((await fromArrow(stream.slice(4, schema))).columnNames).toContain("x");
  });
});

async function readOrRefused(bytes: Uint8Array): Promise<void> {
  const read = await fromArrow(bytes, { onWarning: () => undefined }).catch((error: unknown) => {
    expect(error).toBeInstanceOf(InvalidArgumentError);
  });
  if (read !== undefined) expect(read).toBeInstanceOf(HistoryTable);
}

/** Where a stream may end: behind each message that comes after the schema. */
function messageEnds(stream: Uint8Array): number[] {
  const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength);
  const schema = 8 + view.getInt32(4, true);
  const ends = [schema];
  ends.push(stream.length - 8, stream.length);
  return ends;
}
