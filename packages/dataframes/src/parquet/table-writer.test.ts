import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type AnyColumn, type ColumnData, HistoryTable, InvalidArgumentError } from "@lazyruns/core";
import { readParquet } from "parquet-wasm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { fromArrow } from "../arrow/from-arrow.ts";
import { type ParquetColumn, ParquetTableWriter } from "./table-writer.ts";

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "lazyruns-parquet-"));
  path = join(folder, "out.parquet");
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const RUN_ID: ParquetColumn = { name: "run_id", dtype: "utf8" };
const FIRST_ONLY = Uint8Array.of(1);

function tableOf(...columns: ColumnData[]): HistoryTable {
  return HistoryTable.fromColumns(["a", "a"], columns);
}

function longs(name: string, ...values: bigint[]): ColumnData {
  return { name, dtype: "int64", values: BigInt64Array.from(values), validity: null };
}

async function written(columns: readonly ParquetColumn[], ...tables: HistoryTable[]) {
  const writer = await ParquetTableWriter.open(path, { columns: [RUN_ID, ...columns] });
  for (const table of tables) await writer.write(table);
  await writer.close();
  const read = await fromArrow(readParquet(await readFile(path)).intoIPCStream());
  return { read, writer };
}

/** The cells of a column, each as it is. */
function cells(column: AnyColumn): unknown[] {
  return [...column];
}

describe("a file written table by table", () => {
  test("has the columns that were named, null where a table hasn't one", async () => {
    const x = longs("x", 1n, 2n);
    const y: ColumnData = { name: "y", dtype: "utf8", values: ["é", ""], validity: null };
    const columns = [
      { name: "x", dtype: "int64" },
      { name: "y", dtype: "utf8" },
      { name: "z", dtype: "bool" },
    ] as const;
    const { read, writer } = await written(columns, tableOf(x), tableOf(y));
    expect(read.columnNames).toEqual(["run_id", "x", "y", "z"]);
    expect(cells(read.column("x"))).toEqual([1, 2, null, null]);
    expect(cells(read.column("y"))).toEqual([null, null, "é", ""]);
    expect(read.column("z")).toMatchObject({ dtype: "bool", nullCount: 4 });
    expect(writer).toMatchObject({ numRows: 4, inexact: [] });
  });

  test("takes whole numbers into doubles, and says where that rounds", async () => {
    const columns = [
      { name: "x", dtype: "float64" },
      { name: "y", dtype: "float64" },
    ] as const;
    const some = { ...longs("y", 3n, 4n), validity: FIRST_ONLY } as ColumnData;
    const { read, writer } = await written(columns, tableOf(longs("x", 2n ** 53n + 1n, -1n), some));
    expect(cells(read.column("x"))).toEqual([2 ** 53, -1]);
    expect(cells(read.column("y"))).toEqual([3, null]);
    expect(writer.inexact).toEqual(["x"]);
  });

  test("takes anything into JSON: texts in quotes, large whole numbers digit by digit, JSON as it stands", async () => {
    const columns = [{ name: "x", dtype: "json" }] as const;
    const { read } = await written(
      columns,
      tableOf({ name: "x", dtype: "utf8", values: ['say "hi"', ""], validity: FIRST_ONLY }),
      tableOf(longs("x", 2n ** 60n + 1n, 1n)),
      tableOf({ name: "x", dtype: "float64", values: Float64Array.of(Number.NaN, 0.5), validity: null }),
      tableOf({ name: "x", dtype: "bool", values: Uint8Array.of(0, 1), validity: null }),
      tableOf({ name: "x", dtype: "json", values: ['{"a":[1]}', "null"], validity: null }),
    );
    expect(read.column("x").dtype).toBe("json");
    expect(cells(read.column("x"))).toEqual([
      ...['say "hi"', null, 2n ** 60n + 1n, 1, Number.NaN, 0.5, false, true, { a: [1] }, null],
    ]);
  });

  test("writes a column of nothing as doubles, which every reader knows", async () => {
    const { read } = await written([{ name: "x", dtype: "null" }], tableOf());
    expect(read.column("x")).toMatchObject({ dtype: "float64", nullCount: 2 });
  });

  test("has its columns without rows", async () => {
    const { read } = await written([{ name: "x", dtype: "datetime" }]);
    expect(read).toMatchObject({ numRows: 0, columnNames: ["run_id", "x"] });
  });

  test("refuses a column that it hasn't, or that its column can't hold, and can be gone on with", async () => {
    const writer = await ParquetTableWriter.open(path, { columns: [RUN_ID, { name: "x", dtype: "int64" }] });
    const other = writer.write(tableOf(longs("y", 1n, 2n)));
    await expect(other).rejects.toThrow(InvalidArgumentError);
    await expect(other).rejects.toThrow(
      /Column "y" of a table can't go into .*out.parquet: the file has no such column/,
    );
    const text = tableOf({ name: "x", dtype: "utf8", values: ["1", "2"], validity: null });
    await expect(writer.write(text)).rejects.toThrow(/it is utf8 there, and int64 in the file/);
    await writer.write(tableOf(longs("x", 1n, 2n)));
    await writer.close();
    expect(await readdir(folder)).toEqual(["out.parquet"]);
  });

  test("refuses no columns, and two of a name; leaves nothing when it is given up", async () => {
    for (const columns of [[], [RUN_ID, RUN_ID]]) {
      await expect(ParquetTableWriter.open(path, { columns })).rejects.toThrow(
        /needs columns, each with a name/,
      );
    }
    const writer = await ParquetTableWriter.open(path, { columns: [RUN_ID] });
    await writer.write(tableOf());
    await writer.abort();
    expect(await readdir(folder)).toEqual([]);
  });
});
