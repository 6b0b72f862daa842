import type { HistoryOutput } from "@lazyruns/notebook/mime";
import { describe, expect, test } from "vitest";
import { DEMO_KEY } from "../../scripts/lib/demo-server.mjs";
import { changedCells, shareable } from "../../scripts/lib/recording.mjs";
import { outputProblems } from "./check-outputs.ts";
import type { Notebook, Output } from "./notebook-file.ts";
import { HISTORY, VEGA_LITE } from "./output-schemas.ts";
import { htmlProblems } from "./static-html.ts";

const notebook = (tags: string[], ...outputs: Output[]): Notebook => ({
  cells: [{ cell_type: "code", source: "x", metadata: { tags }, outputs }],
  metadata: { kernelspec: { name: "tslab" } },
});
const display = (data: object): Output => ({ output_type: "display_data", data: { ...data } });
const history: HistoryOutput = {
  ...{
    version: 1,
    of: "history",
    numRows: 1,
    totalRows: 1,
    columnsLeftOut: 0,
    runsLeftOut: 0,
    rows: "all",
    x: "_step",
  },
  runs: [{ id: "a", numRows: 1, totalRows: 1 }],
  columns: [{ name: "_step", dtype: "int64", values: [0] }],
};
const shown = { "text/html": "<b>1 row</b>", "text/plain": "1 row" };

describe("the check of outputs", () => {
  test("has nothing to say of a cell that shows what it promises", () => {
    expect(outputProblems(notebook(["shows-history"], display({ [HISTORY]: history, ...shown })))).toEqual(
      [],
    );
    expect(outputProblems(notebook([]))).toEqual([]);
  });

  test("takes charts of one metric and of several, and none without data", () => {
    const problems = (chart: object) => {
      const plot = { ...history, of: "plot", plot: { y: ["a"], groupBy: null, smooth: 0, logY: false } };
      const $schema = "https://vega.github.io/schema/vega-lite/v5.json";
      const output = display({ [HISTORY]: plot, [VEGA_LITE]: { $schema, ...chart }, "text/plain": "a" });
      return outputProblems(notebook(["shows-interactive-chart"], output)).join("\n");
    };
    const whole = { data: { values: "s,x,y" } };
    expect(problems(whole)).toBe("");
    expect(problems({ concat: [whole, whole] })).toBe("");
    expect(problems({ concat: [whole, {}] })).toMatch(/without its schema or its data/);
    expect(problems({ concat: [] })).toMatch(/without its schema or its data/);
  });

  test.each<[string, Notebook, RegExp]>([
    ["what was promised and isn't there", notebook(["shows-history"]), /promises/],
    [
      "what is there and wasn't promised",
      notebook([], display({ [HISTORY]: history, ...shown })),
      /promises/,
    ],
    ["text that was promised and isn't there", notebook(["shows-text"]), /shows-text/],
    ["a complaint", notebook([], { output_type: "stream", name: "stderr", text: "no" }), /stderr: no/],
    ["an error", notebook([], { output_type: "error", ename: "TypeError", evalue: "no" }), /TypeError: no/],
    [
      "JSON that isn't as the schema has it",
      notebook(["shows-history"], display({ [HISTORY]: { ...history, version: 2 }, ...shown })),
      /version/,
    ],
    [
      "an empty text",
      notebook(["shows-history"], display({ [HISTORY]: history, ...shown, "text/plain": " " })),
      /empty text/,
    ],
  ])("tells of %s", (_, bad, problem) => {
    expect(outputProblems(bad).join("\n")).toMatch(problem);
  });

  test.each([
    "<script>alert(1)</script>",
    "<table><td><b onmouseover='x'>a</b></table>",
    '<a href="javascript:alert(1)">a</a>',
    '<svg><path d="M0 0" onclick="x"/></svg>',
    '<div style="background:url(https://example.com/a.png)">a</div>',
    "<style>@import 'a.css';</style>",
    '<iframe src="https://example.com"></iframe>',
  ])("tells of %s", (html) => {
    expect(htmlProblems(html)).not.toEqual([]);
  });
});

describe("a recording", () => {
  const file = (output: string, url = "http://127.0.0.1:4321") =>
    JSON.stringify(notebook([], { output_type: "stream", name: "stdout", text: `${url} ${output}` }));

  test("holds no key, no place of this machine and no port", () => {
    const url = "http://127.0.0.1:4321";
    expect(shareable(file("fine"), url)).not.toContain("4321");
    for (const secret of [DEMO_KEY, `${process.cwd()}/x`]) {
      expect(() => shareable(file(secret), url)).toThrow(/of this machine or a key/);
    }
  });

  test("has changed when an output has, times and ages apart", () => {
    expect(
      changedCells(file("as of 2026-11-26 02:12 UTC"), file("as of 2027-01-01 12:00 UTC"), false),
    ).toEqual([]);
    expect(changedCells(file("2 h ago"), file("3 d ago"), false)).toEqual([]);
    expect(changedCells(file("0.97"), file("0.96"), false)).toEqual([0]);
    expect(changedCells(file("0.97"), file("0.96"), true)).toEqual([]);
    expect(changedCells(file("0.97"), JSON.stringify(notebook([])), true)).toEqual([0]);
  });
});
