import { HistoryTable } from "@lazyruns/core";
import { toPolars } from "@lazyruns/dataframes";
import danfo from "danfojs-node";
import pl from "nodejs-polars";
import { expect, test } from "vitest";
import type { HistoryOutput } from "../../mime.ts";
import { parsedHtml } from "../../testing/parsed-html.ts";
import { expectValidJson } from "../../testing/schemas.ts";
import { bundleOf } from "../bundle.ts";

const HISTORY = "application/vnd.lazyruns.history.v1+json";

function shown(value: unknown, options = {}) {
  const bundle = bundleOf(value, options);
  if (bundle === undefined) throw new Error("nothing is shown");
  expectValidJson(bundle);
  const data = bundle[HISTORY] as HistoryOutput;
  const column = (name: string) => data.columns.find((one) => one.name === name);
  return { ...parsedHtml(bundle["text/html"] ?? ""), data, column, text: bundle["text/plain"] };
}

test("a polars frame shows its shape, types, first and last rows, however it was made", () => {
  const frame = pl.DataFrame({
    run_id: Array.from({ length: 1000 }, (_, row) => (row < 500 ? "a" : "b")),
    loss: Array.from({ length: 1000 }, (_, row) => (row === 0 ? null : row === 999 ? Number.NaN : row / 4)),
  });
  const { data, text, cells } = shown(frame);
  expect(data).toMatchObject({ of: "frame", rows: "ends", totalRows: 1000, numRows: 200, head: 100 });
  expect(text.split("\n").slice(0, 4)).toEqual([
    "polars DataFrame · 1,000 rows × 2 columns",
    "run_id    loss",
    "──────  ──────",
    "str        f64",
  ]);
  expect(text).toMatch(/^a {9}null$/m);
  expect(text).toMatch(/^b {10}NaN$/m);
  expect(text).toContain("990 rows between are not shown.");
  expect(cells.slice(0, 4)).toEqual(["a", "–", "a", "0.25"]);
  expect(cells.slice(-2)).toEqual(["b", "NaN"]);
  const grouped = frame.groupBy("run_id").agg(pl.col("loss").max());
  expect(shown(grouped).data).toMatchObject({ rows: "all", totalRows: 2 });
  expect(shown(frame, { maxRows: 2000 }).cells).toHaveLength(2000);
});

test("columns that hide parts of a polars frame are shown like others", () => {
  const names = ["head", "columns", "shape", "height", "toRecords", "then", "0", "length"];
  const frame = pl.DataFrame(Object.fromEntries(names.map((name, at) => [name, [at, at]])));
  const { data, column } = shown(frame);
  expect(data.columns.map(({ name }) => name).sort()).toEqual([...names].sort());
  for (const [at, name] of names.entries()) expect(column(name)?.values).toEqual([at, at]);
});

test("values that JavaScript or JSON hasn't are exact", () => {
  const frame = pl
    .DataFrame({
      big: BigInt64Array.of(2n ** 60n + 1n, -1n),
      wide: [2n ** 63n, 1n],
      inf: [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
      nested: [{ a: 1 }, { a: 2 }],
      list: [["<"], ["b"]],
      day: ["2026-01-02", "2026-01-03"],
    })
    .withColumns(pl.col("day").cast(pl.Date), pl.lit(5).cast(pl.Decimal(10, 2)).alias("price"));
  const { column, cells } = shown(frame);
  expect(column("big")).toMatchObject({ dtype: "int64", values: [String(2n ** 60n + 1n), -1] });
  expect(column("wide")?.values).toEqual([String(2n ** 63n), 1]);
  expect(column("inf")?.values).toEqual(["Infinity", "-Infinity"]);
  expect(column("nested")).toMatchObject({ dtype: "json", values: [{ a: 1 }, { a: 2 }] });
  expect(column("list")?.values).toEqual([["<"], ["b"]]);
  expect(column("day")).toMatchObject({
    dtype: "datetime",
    values: ["2026-01-02T00:00:00.000Z", "2026-01-03T00:00:00.000Z"],
  });
  expect(column("price")?.values).toEqual(["5.00", "5.00"]);
  expect(cells).toContain("1,152,921,504,606,846,977");
});

test("of a huge frame only the rows that are shown are read", async () => {
  const rows = 200_000;
  const ids = Array.from({ length: rows }, () => "a");
  const values = Float64Array.from({ length: rows }, (_, row) => row);
  const table = HistoryTable.fromColumns(ids, [{ name: "loss", dtype: "float64", values, validity: null }]);
  const frame = await toPolars(table);
  const read: number[] = [];
  const watched = new Proxy(
    {},
    {
      has: (_, name) => Reflect.has(frame, name),
      ownKeys: () => Reflect.ownKeys(frame),
      getOwnPropertyDescriptor: () => ({ configurable: true, enumerable: true }),
      get(_, name) {
        const found = Reflect.get(frame, name);
        return name === "loss" || name === "run_id" ? watchedSeries(found, read) : found;
      },
    },
  );
  const { data } = shown(watched);
  expect(data.totalRows).toBe(rows);
  expect(Math.max(...read)).toBeLessThanOrEqual(200);
});

/** Notes how many values leave a series at once. */
function watchedSeries(series: object, read: number[]): object {
  return new Proxy(series, {
    get(target, name) {
      const found = Reflect.get(target, name);
      if (name === "head" || name === "tail") {
        return (count: number) => watchedSeries(found.call(target, count), read);
      }
      if (name === "toArray") {
        return () => {
          const values = found.call(target);
          read.push(values.length);
          return values;
        };
      }
      return found;
    },
  });
}

test("a danfo frame shows the same, hidden parts or not", () => {
  const rows = Array.from({ length: 30 }, (_, row) => ["a", row, row === 0 ? null : `<${row}>`]);
  const frame = new danfo.DataFrame(rows, { columns: ["run_id", "loss", "note"] });
  const { data, column, text, cells } = shown(frame);
  expect(data).toMatchObject({ of: "frame", rows: "all", totalRows: 30, numRows: 30 });
  expect(column("loss")).toMatchObject({ dtype: "int64" });
  expect(text).toMatch(/^danfo DataFrame · 30 rows × 3 columns\n/);
  expect(text).toContain("20 rows between are not shown.");
  expect(cells.slice(0, 6)).toEqual(["a", "0", "–", "a", "1", "<1>"]);
  const means = frame.groupby(["run_id"]).col(["loss"]).mean();
  expect(shown(means).column("loss_mean")?.values).toEqual([14.5]);
});

test("a danfo Series is no frame", () => {
  expect(bundleOf(new danfo.Series([1, 2]))).toBeUndefined();
});

test("a frame of long texts has fewer rows in the JSON, and stays small", () => {
  const text = "語".repeat(400);
  const columns = Object.fromEntries(
    Array.from({ length: 30 }, (_, at) => [`text${at}`, Array.from({ length: 1000 }, () => text)]),
  );
  const { data } = shown(pl.DataFrame(columns));
  expect(data.numRows).toBeGreaterThanOrEqual(10);
  expect(data.numRows).toBeLessThan(200);
  expect(data).toMatchObject({ rows: "ends", totalRows: 1000, columnsLeftOut: 0 });
  for (const { shortened } of data.columns) expect(shortened).toBe(data.numRows);
  expect(Buffer.byteLength(JSON.stringify(data))).toBeLessThan(200_000);
  // What is shown is there, though each text has to be shorter for it.
  const many = shown(pl.DataFrame(columns), { maxRows: 60 }).data;
  expect(many.numRows).toBe(60);
  expect(Buffer.byteLength(JSON.stringify(many))).toBeLessThan(200_000);
});
