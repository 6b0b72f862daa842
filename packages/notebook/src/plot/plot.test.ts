import { HistoryTable, InvalidArgumentError } from "@lazyruns/core";
import { toPolars } from "@lazyruns/dataframes";
import { expect, test } from "vitest";
import { bundleOf, type MimeBundle } from "../bundle/bundle.ts";
import type { HistoryOutput } from "../mime.ts";
import { histories } from "../testing/histories.ts";
import { parsedHtml } from "../testing/parsed-html.ts";
import { expectValidJson } from "../testing/schemas.ts";
import type { PlotOptions } from "./options.ts";
import { type Plot, plot } from "./plot.ts";

const VEGA_LITE = "application/vnd.vegalite.v5+json";

/** Both looks of a plot. */
function shown(value: object, options: PlotOptions = {}) {
  const [bundle, interactive] = [false, true].map((is) =>
    bundleOf(plot(value, { ...options, interactive: is })),
  ) as [MimeBundle, MimeBundle];
  for (const one of [bundle, interactive]) expectValidJson(one);
  const { "text/html": _, ...same } = bundle;
  expect(interactive).toEqual(same);
  const data = bundle["application/vnd.lazyruns.history.v1+json"] as HistoryOutput;
  const vega = interactive[VEGA_LITE] as unknown as View & { concat: View[] };
  const html = bundle["text/html"] ?? "";
  return {
    ...parsedHtml(html),
    data,
    vega,
    html,
    text: bundle["text/plain"],
    size: Math.max(JSON.stringify(bundle).length, JSON.stringify(interactive).length),
  };
}

/** What of a view in Vega-Lite is looked at here. */
interface View {
  readonly title: string;
  readonly data: { readonly values: string };
  readonly transform: readonly { readonly from: { readonly data: { readonly values: unknown } } }[];
  readonly layer: readonly {
    readonly mark: { readonly type: string };
    readonly encoding: { readonly y: { readonly scale: { readonly type: string } } };
  }[];
}

/** The lines of a view's CSV. */
const csv = (view: View | undefined) => (view?.data.values ?? "").split("\n").map((line) => line.split(","));

test("a plot draws a curve a run and a chart a metric, in every form", () => {
  const { data, vega, html, text, attributes } = shown(histories(3, 20), { y: ["loss", "val/loss"] });
  expect(data).toMatchObject({
    of: "plot",
    x: "_step",
    plot: { y: ["loss", "val/loss"], groupBy: null, smooth: 0, logY: false },
    numRows: 60,
  });
  expect(data.columns.map(({ name }) => name)).toEqual(["_step", "loss", "val/loss"]);
  expect(attributes).toEqual(["loss, 3 curves", "val/loss, 3 curves"]);
  for (const name of ["run 0", "run 1", "run 2"])
    for (const form of [html, text]) expect(form).toContain(name);
  expect(vega.concat.map((view) => view.title)).toEqual(["loss", "val/loss"]);
  const lines = csv(vega.concat[1]);
  expect(lines[0]).toEqual(["s", "x", "y"]);
  expect(lines.slice(1, 3)).toEqual([
    ["0", "0", "2.5"],
    ["0", "10", "1.947002"],
  ]);
  expect(lines).toHaveLength(1 + 3 * 2);
  expect(vega.concat[1]?.transform[0]?.from.data.values).toEqual(
    [0, 1, 2].map((at) => ({ s: String(at), name: `run ${at}` })),
  );
});

test("runs of a group are their mean between least and most", () => {
  const table = histories(4, 10);
  const { data, vega, text } = shown(table, { y: "loss", groupBy: "config.lr" });
  expect(data.plot?.groupBy).toBe("config.lr");
  expect(data.runs.map(({ id, group }) => [id, group])).toEqual([
    ["r0", "0.1"],
    ["r1", "0.01"],
    ["r2", "0.1"],
    ["r3", "0.01"],
  ]);
  const loss = (id: string, row: number) => Number(table.forRun(id).column("loss").get(row));
  const [s, x, y, low, high] = (csv(vega)[4] as string[]).map(Number);
  const two = [loss("r0", 3), loss("r2", 3)];
  expect([s, x]).toEqual([0, 3]);
  expect(y).toBeCloseTo((two[0] as number) / 2 + (two[1] as number) / 2, 5);
  expect([low, high]).toEqual(
    [Math.min(...two), Math.max(...two)].map((value) => Number(value.toPrecision(7))),
  );
  expect(vega.layer.map((layer) => layer.mark.type)).toEqual(["area", "line"]);
  expect(text).toContain("2 groups");
});

test("a frame is drawn as the histories it was made of", async () => {
  const table = histories(2, 12);
  const options = { y: "loss", groupBy: "name", smooth: 0.3 };
  const [fromTable, fromFrame] = [shown(table, options), shown(await toPolars(table), options)];
  expect(fromFrame.vega).toEqual(fromTable.vega);
  expect(fromFrame.html).toBe(fromTable.html);
});

test.each([undefined, "config.lr"])(
  "a frame in another order has the same curves in the JSON (by %s)",
  async (groupBy) => {
    const table = histories(8, 500);
    const frame = await toPolars(table);
    const options = { y: "loss", groupBy };
    const [sorted, byRun] = [shown(frame.sort("_step"), options), shown(frame, options)];
    const { runs, numRows, totalRows, columns, runsLeftOut } = sorted.data;
    expect(runs).toHaveLength(8);
    expect({ numRows, totalRows, runsLeftOut }).toEqual({ numRows: 1600, totalRows: 4000, runsLeftOut: 0 });
    let start = 0;
    for (const run of runs) {
      expect(run).toMatchObject({ numRows: 200, totalRows: 500 });
      const steps = columns[0]?.values.slice(start, start + 200) as number[];
      expect([steps[0], steps.at(-1)]).toEqual([0, 499]);
      start += 200;
    }
    const inOrder = (data: HistoryOutput) => [...data.runs].sort((a, b) => a.id.localeCompare(b.id));
    expect(inOrder(sorted.data)).toEqual(inOrder(byRun.data));
  },
);

test("a logarithmic axis leaves out what isn't above zero, and says how much", () => {
  const { text, vega } = shown(histories(1, 400), { y: "loss", logY: true });
  expect(text).toMatch(/\d+ values can't be drawn: not above 0, or no finite number\./);
  for (const [, , y] of csv(vega).slice(1)) expect(Number(y)).toBeGreaterThan(0);
  expect(vega.layer.at(-1)?.encoding.y.scale.type).toBe("log");
});

test("a run that logged text takes the metric from no other, and what is no number is counted", () => {
  const texts = ["1", "NaN", "null", "3", '"text"', '"more"', "Infinity"];
  const table = HistoryTable.fromColumns(
    ["a", "a", "a", "a", "b", "b", "c"],
    [{ name: "loss", dtype: "json", values: texts, validity: Uint8Array.of(0b1111011) }],
  );
  const { text, vega } = shown(table, { y: "loss" });
  expect(csv(vega).slice(1)).toEqual([
    ["0", "0", "1"],
    ["0", "3", "3"],
  ]);
  expect(text).toContain("4 values can't be drawn: no finite number.");
  expect(shown(table).text).toContain("Plot of loss");
});

test("what is the same throughout every run isn't chosen, unless nothing else is there", () => {
  const values = (of: (row: number) => number) => Float64Array.from({ length: 4 }, (_, row) => of(row));
  const wd = {
    name: "wd",
    dtype: "float64" as const,
    values: values((row) => Math.floor(row / 2)),
    validity: null,
  };
  const loss = { name: "loss", dtype: "float64" as const, values: values((row) => row), validity: null };
  const table = (...columns: (typeof wd)[]) => HistoryTable.fromColumns(["a", "a", "b", "b"], columns);
  expect(plot(table(wd, loss)).y).toEqual(["loss"]);
  expect(plot(table(wd)).y).toEqual(["wd"]);
});

test("what isn't named is chosen: x the step, y the metrics", () => {
  const made = plot(histories(1, 20));
  expect([made.x, made.y]).toEqual(["_step", ["loss", "val/loss"]]);
  expect(String(made)).toMatch(/^Plot of loss, val\/loss by _step · 1 run\n/);
});

test("what can't be drawn is refused", () => {
  const table = histories(1, 5);
  const refused = (options: object) => expect(() => plot(table, options));
  refused({ y: "lost" }).toThrow(/"lost", and there is no such column; there are: _step, config\.lr, loss/);
  refused({ y: "name" }).toThrow(/"name" can't be drawn: it holds no numbers/);
  refused({ x: "nope" }).toThrow(InvalidArgumentError);
  refused({ groupBy: "nope" }).toThrow(/groupBy is "nope"/);
  refused({ smooth: 1 }).toThrow(/smooth is 1; it must be a number from 0 to below 1/);
  refused({ y: [] }).toThrow(/y must be/);
  refused({ logY: "yes" }).toThrow(/logY is yes/);
  refused({ interactive: 1 }).toThrow(/interactive is 1; it must be true or false/);
  for (const value of [null, 1, {}, []]) expect(() => plot(value as object)).toThrow(/plot\(\) takes runs/);
});

test.each([
  [4200, "10:10", "11:00"],
  [70, "10:00:10", "10:01:00"],
  [7 * 86_400, "2026-11-21", "2026-11-26"],
])("_timestamp is the time of day, and the date (over %d s)", (seconds, ...labels) => {
  const start = Date.parse("2026-11-20T10:00:00Z") / 1000;
  const column = (name: string, values: number[]) => ({
    name,
    dtype: "float64" as const,
    values: Float64Array.from(values),
    validity: null,
  });
  const table = HistoryTable.fromColumns(
    ["a", "a"],
    [column("_timestamp", [start, start + seconds]), column("loss", [2, 1])],
  );
  const { data, vega, html } = shown(table, { y: "loss", x: "_timestamp" });
  for (const label of labels) expect(html).toContain(`>${label}</text>`);
  expect(csv(vega).slice(1)).toEqual([
    ["0", String(start * 1000), "2"],
    ["0", String((start + seconds) * 1000), "1"],
  ]);
  expect(vega.layer[0]?.encoding).toMatchObject({ x: { type: "temporal" } });
  expect(data.columns[0]).toMatchObject({ name: "_timestamp", values: [start, start + seconds] }); // as logged
  // What can't be seconds is drawn as the numbers that it is.
  const other = HistoryTable.fromColumns(
    ["a", "a"],
    [column("_timestamp", [1, 1e300]), column("loss", [2, 1])],
  );
  expect(shown(other, { y: "loss", x: "_timestamp" }).vega.layer[0]?.encoding).toMatchObject({
    x: { type: "quantitative" },
  });
});

test("the points of a curve are as many as asked for", () => {
  const counts = (made: Plot, maxPoints?: number) => {
    const bundle = bundleOf(made, { maxPoints }) as MimeBundle;
    const { runs } = bundle["application/vnd.lazyruns.history.v1+json"] as HistoryOutput;
    const vega = bundle[VEGA_LITE] as View;
    return [new Set(runs.map(({ numRows }) => numRows)), csv(vega).length - 1, runs.length];
  };
  const table = histories(60, 800);
  expect(counts(plot(table, { y: "loss", maxPoints: 500, interactive: true }))).toEqual([
    new Set([500]),
    30 * 500,
    60,
  ]);
  expect(counts(plot(table, { y: "loss", maxPoints: 500, interactive: true }), 30)).toEqual([
    new Set([30]),
    30 * 30,
    60,
  ]);
  expect(() => plot(table, { maxPoints: 1 })).toThrow(
    /maxPoints is 1; it must be a whole number of at least 2/,
  );
});

test("a plot of many runs stays small", () => {
  const { size, html } = shown(histories(100, 500));
  expect(size).toBeLessThan(300_000);
  expect(html).toContain("70 more curves not drawn.");
});
