import { InvalidArgumentError, type RunTable } from "@lazyruns/core";
import { expect, expectTypeOf, test, vi } from "vitest";
import { toArrow, toArrowIPC, toDanfo, toPolars, writeParquet } from "./index.ts";

const FUNCTIONS = {
  toArrow,
  toArrowIPC: async (table: never) => toArrowIPC(table),
  toDanfo,
  toPolars,
  writeParquet: (table: never) => writeParquet(table, "never.parquet"),
};

test.each(Object.entries(FUNCTIONS))(
  "%s refuses what is no table, before it loads anything",
  async (_, make) => {
    const load = vi.spyOn(process, "cwd"); // which is asked where peers may lie
    const batches = () => [];
    const almost = [
      { batches: 1, columnNames: [], numRows: 0 },
      { batches, columnNames: [], numRows: 0 },
      { batches, column: () => undefined, numRows: 0 },
      { toColumn: () => undefined, columnNames: [] },
    ];
    for (const given of [undefined, null, "table", [{ loss: 1 }], ...almost]) {
      const failure = await make(given as never).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(InvalidArgumentError);
      expect(String(failure)).toMatch(/A frame takes a HistoryTable or a RunTable, such as histories\(\)/);
    }
    expect(load).not.toHaveBeenCalled();
    load.mockRestore();
  },
);

test("all take the same tables", () => {
  type Table = Parameters<typeof toPolars>[0];
  expectTypeOf<Parameters<typeof toArrow>[0]>().toEqualTypeOf<Table>();
  expectTypeOf<Parameters<typeof toArrowIPC>[0]>().toEqualTypeOf<Table>();
  expectTypeOf<Parameters<typeof toDanfo>[0]>().toEqualTypeOf<Table>();
  expectTypeOf<Parameters<typeof writeParquet>[0]>().toEqualTypeOf<Table>();
  expectTypeOf<RunTable<{ run_id: string; "config.lr": number | null }>>().toExtend<Table>();
});
