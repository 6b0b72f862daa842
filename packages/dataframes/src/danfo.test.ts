import { createRequire } from "node:module";
import { type Format, type HistoryTable, InvalidArgumentError, RunTable } from "@lazyruns/core";
import { afterEach, expect, test, vi } from "vitest";
import "./danfo.ts";
import { tableOf } from "./danfo/testing.ts";

const require = createRequire(import.meta.url);
const danfoFile = require.resolve("danfojs-node");
const forms = (globalThis as { [key: symbol]: unknown })[Symbol.for("lazyruns.formats")] as Map<
  string,
  Format
>;
const danfo = forms.get("danfo") as Format;

afterEach(() => vi.restoreAllMocks());

test("danfo is loaded when the format is asked for, not before, and nothing is printed", async () => {
  const written = [process.stdout, process.stderr].map((stream) => vi.spyOn(stream, "write"));
  const logged = (["log", "info", "warn", "error"] as const).map((name) => vi.spyOn(console, name));
  const isLoaded = () => require.cache[danfoFile] !== undefined;
  danfo.check?.({ format: "danfo", keys: ["loss"], datetimes: true });
  expect(isLoaded()).toBe(false);
  await danfo.prepare?.();
  expect(isLoaded()).toBe(true);
  const table = tableOf(["r"], { loss: { dtype: "float64", values: [0.5] } });
  expect(await danfo.histories(table, {}, undefined)).toMatchObject({ shape: [1, 2] });
  for (const spy of [...written, ...logged]) expect(spy).not.toHaveBeenCalled();
});

test("what the call says of the frame counts, and its warnings go where the call's go", async () => {
  const warnings: string[] = [];
  const warn = (message: string) => warnings.push(message);
  const history = tableOf(["r"], {
    _timestamp: { dtype: "float64", values: [0] },
    shape: { dtype: "int64", values: [1n] },
  });
  const frame = await danfo.histories(history, { format: "danfo", datetimes: true }, warn);
  expect(frame).toMatchObject({ columns: ["run_id", "_timestamp", "shape_"] });
  expect((frame as { values: unknown }).values).toEqual([["r", "1970-01-01T00:00:00.000Z", 1]]);
  const runs = new RunTable(
    new Map([
      ["run_id", ["a"]],
      ["size", [3]],
    ] as never),
    1,
  );
  expect(await danfo.table(runs, {}, warn)).toMatchObject({ columns: ["run_id", "size_"] });
  expect(warnings).toEqual([expect.stringContaining('"shape_"'), expect.stringContaining('"size_"')]);
});

test("structs are refused before anything is sent", () => {
  expect(() => danfo.check?.({ format: "danfo", nested: "struct" })).toThrow(InvalidArgumentError);
});

test("tables of another copy of core are taken as they are", async () => {
  const table = tableOf(["r"], { loss: { dtype: "float64", values: [0.5] } });
  const foreign = {
    numRows: table.numRows,
    columnNames: table.columnNames,
    column: (name: string) => table.column(name),
    batches: (rows: number) => table.batches(rows),
  };
  const frame = await danfo.histories(foreign as unknown as HistoryTable, {}, undefined);
  expect((frame as { values: unknown }).values).toEqual([["r", 0.5]]);
});
