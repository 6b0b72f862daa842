import { nullTranslator } from "@jupyterlab/translation";
import { Widget } from "@lumino/widgets";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createRunColors } from "../colors/run-colors.ts";
import type { HistoryData } from "../data/history-data.ts";
import type { RunsData } from "../data/runs-data.ts";
import { DEFAULT_SETTINGS } from "../settings/view-settings.ts";
import { type MadeRun, madeHistory, madeRuns } from "../testing/made-history.ts";
import { CurvesPanel } from "./curves-panel.ts";

const context = {
  trans: nullTranslator.load("lazyruns"),
  colors: createRunColors(),
  settings: DEFAULT_SETTINGS,
};
const made: CurvesPanel[] = [];

// Nothing has a size here, and so nothing would ever be in sight.
beforeEach(() => vi.stubGlobal("IntersectionObserver", undefined));

afterEach(() => {
  vi.unstubAllGlobals();
  for (const panel of made.splice(0)) panel.dispose();
  document.body.replaceChildren();
});

function shown(history: HistoryData, runs?: RunsData, settings = DEFAULT_SETTINGS): CurvesPanel {
  const panel = new CurvesPanel({ ...context, settings });
  made.push(panel);
  panel.setData(history, runs);
  Widget.attach(panel, document.body);
  return panel;
}

const drawn = (panel: CurvesPanel) =>
  new Promise<void>((resolve) => {
    panel.drawn.connect(() => resolve());
  });

const texts = (panel: CurvesPanel, selector: string) =>
  [...panel.node.querySelectorAll(selector)].map((node) => node.textContent);

function control<Kind extends HTMLElement>(panel: CurvesPanel, name: string): Kind {
  const label = [...panel.node.querySelectorAll(".lr-curves-toolbar label")].find((one) =>
    one.textContent?.startsWith(name),
  );
  return label?.querySelector("select, input") as Kind;
}

function press(panel: CurvesPanel, name: string): void {
  const found = [...panel.node.querySelectorAll("button")].find(({ textContent }) => textContent === name);
  if (found === undefined) throw new Error(`There is no button ${name}`);
  found.click();
}

const run = (id: string, loss: readonly number[], more: Partial<MadeRun> = {}): MadeRun => ({
  id,
  columns: { _step: loss.map((_, at) => at), loss, accuracy: loss.map((one) => 1 - one) },
  ...more,
});

test("there is a chart a metric, and a line a run in the legend", () => {
  const panel = shown(madeHistory([run("a", [1, 0.5], { name: "first" }), run("b", [1, 2])]));
  expect(texts(panel, ".lr-curves-title")).toEqual(["loss", "accuracy"]);
  expect(texts(panel, ".lr-curves-chip")).toEqual(["first", "b"]);
  panel.setShown(["b"]);
  expect(texts(panel, ".lr-curves-chip")).toEqual(["b"]);
});

test("names are text, whatever they are", () => {
  const name = "<img src=x onerror=alert(1)>";
  const panel = shown(
    madeHistory([
      { id: name, name, columns: { _step: [0, 1], [name]: [1, 2], ["x".repeat(10_000)]: [1, 2] } },
    ]),
    madeRuns([name, "b"], { [name]: [name, 1] }),
  );
  expect(panel.node.querySelector("img")).toBeNull();
  expect(texts(panel, ".lr-curves-title")[0]).toBe(name);
  expect(texts(panel, ".lr-curves-title")[1]?.length).toBe(200);
});

test("a plot is drawn as it was asked for, and settings smooth what nobody asked about", () => {
  const runs = [run("a", [1, 2], { group: "x" }), run("b", [3, 4], { group: "y" })];
  const plot = { y: ["accuracy"], groupBy: "lr", smooth: 0.7, logY: true };
  const settings = { ...DEFAULT_SETTINGS, smoothing: 0.3 };
  const panel = shown(madeHistory(runs, { plot, of: "plot" }), undefined, settings);
  expect(texts(panel, ".lr-curves-title")).toEqual(["accuracy"]);
  expect(texts(panel, ".lr-curves-chip")).toEqual(["x", "y"]);
  expect(texts(panel, ".lr-curves-weight")).toEqual(["0.70"]);
  expect(control<HTMLSelectElement>(panel, "Group by").selectedOptions[0]?.text).toBe("lr");
  expect(texts(shown(madeHistory(runs), undefined, settings), ".lr-curves-weight")).toEqual(["0.30"]);
});

test("what people chose stays when other data comes", () => {
  const panel = shown(madeHistory([run("a", [1, 2]), run("b", [3, 4])]));
  const x = control<HTMLSelectElement>(panel, "X axis");
  x.selectedIndex = [...x.options].findIndex(({ text }) => text === "accuracy");
  x.dispatchEvent(new Event("change"));
  const slider = control<HTMLInputElement>(panel, "Smoothing");
  slider.value = "0.5";
  slider.dispatchEvent(new Event("input"));
  press(panel, "log y");
  (panel.node.querySelector(".lr-curves-chip") as HTMLElement).click();
  const chip = panel.node.querySelector(".lr-curves-chip");
  panel.setData(madeHistory([run("a", [1, 2, 3]), run("b", [3, 4, 5]), run("c", [1, 1, 1])]), undefined);
  expect(panel.node.querySelector(".lr-curves-chip")).toBe(chip);
  expect(chip?.getAttribute("aria-pressed")).toBe("false");
  expect(control<HTMLSelectElement>(panel, "X axis").selectedOptions[0]?.text).toBe("accuracy");
  expect(texts(panel, ".lr-curves-weight")).toEqual(["0.50"]);
  const pressed = [...panel.node.querySelectorAll(".lr-curves-toolbar [aria-pressed=true]")];
  expect(pressed.map(({ textContent }) => textContent)).toEqual(["log y"]);
  panel.setSettings({ ...DEFAULT_SETTINGS, smoothing: 0.9 });
  expect(texts(panel, ".lr-curves-weight")).toEqual(["0.50"]);
});

test("tables say each line's first, last, least and most value as it was logged", async () => {
  const panel = shown(madeHistory([run("a", [3, 1, 2]), run("b", [5, Number.NaN, 7])]), undefined, {
    ...DEFAULT_SETTINGS,
    smoothing: 0.9,
  });
  const done = drawn(panel);
  press(panel, "Tables");
  await done;
  const [table] = panel.node.querySelectorAll("table");
  expect([...(table?.rows ?? [])].map((row) => [...row.cells].map((cell) => cell.textContent))).toEqual([
    ["Run", "First", "Last", "Min", "Max", "Points"],
    ["a", "3", "2", "1", "3", "3"],
    ["b", "5", "7", "5", "7", "2"],
  ]);
  expect(table?.closest("[role=region]")?.getAttribute("aria-label")).toBe(
    "loss: 2 lines. Step from 0 to 2. Values from 1 to 7.",
  );
  expect(texts(panel, ".lr-curves-card .lr-curves-notes")[0]).toBe(
    "1 value is NaN or infinite: its line has a gap there.",
  );
});

test("more lines than there is room for are said to be left out, and so is what has no history", () => {
  const many = Array.from({ length: 120 }, (_, at) => run(`r${at}`, [1, at]));
  const panel = shown(madeHistory(many));
  expect(texts(panel, ".lr-curves-notes p")[0]).toBe(
    "The first 100 of 120 runs are drawn. Select the runs to draw in the table, or group them.",
  );
  panel.setShown(["r1", "nobody"]);
  expect(texts(panel, ".lr-curves-notes p")).toEqual(["1 of the chosen runs has no history here."]);
  panel.setShown([]);
  expect(texts(panel, ".lr-curves-notes p")).toEqual(["No run is chosen."]);
  panel.setShown(undefined);
  expect(texts(panel, ".lr-curves-chip")).toHaveLength(100);
});

test.each([
  ["without columns", madeHistory([]), "There are no numbers to draw here."],
  [
    "without rows",
    madeHistory([{ id: "a", columns: { _step: [], loss: [] } }]),
    "There are no rows to draw here.",
  ],
])("histories %s are said to be", (_, history, text) => {
  const panel = shown(history);
  expect(texts(panel, ".lr-curves-notes p")).toEqual([text]);
});

test("a metric that has no value along x says so", async () => {
  const columns = { _step: [0, 1], loss: [1, 2], other: [null, null] };
  const panel = shown(
    madeHistory([{ id: "a", columns }], { plot: { y: ["other"], groupBy: null, smooth: 0, logY: false } }),
  );
  await drawn(panel);
  expect(texts(panel, ".lr-curves-nothing")).toEqual(["The runs shown have no values of it along Step."]);
});

test("with 200 metrics a dozen have a chart, and others can be found and chosen", () => {
  const names = Array.from({ length: 200 }, (_, at) => `metric ${at}`);
  const columns = { _step: [0, 1], ...Object.fromEntries(names.map((name) => [name, [1, 2]])) };
  const panel = shown(madeHistory([{ id: "a", columns }]));
  expect(texts(panel, ".lr-curves-title")).toHaveLength(12);
  press(panel, "Metrics: 12 of 200");
  const search = panel.node.querySelector("input[type=search]") as HTMLInputElement;
  search.value = "METRIC 199";
  search.dispatchEvent(new Event("input"));
  const found = panel.node.querySelectorAll<HTMLInputElement>("input[type=checkbox]");
  expect(found).toHaveLength(1);
  found[0]?.click();
  expect(texts(panel, ".lr-curves-title")).toContain("metric 199");
  press(panel, "None");
  expect(texts(panel, ".lr-curves-title")).not.toContain("metric 199");
  expect(texts(panel, ".lr-curves-title")).toHaveLength(12);
});

test("runs are grouped by what their config says", () => {
  const panel = shown(
    madeHistory([run("a", [1, 2]), run("b", [3, 4]), run("c", [5, 6])]),
    madeRuns(["a", "b", "c"], { lr: [0.1, 0.2, 0.1], same: [1, 1, 1] }),
  );
  const group = control<HTMLSelectElement>(panel, "Group by");
  expect([...group.options].map(({ text }) => text)).toEqual(["none", "lr"]);
  group.selectedIndex = 1;
  group.dispatchEvent(new Event("change"));
  expect(texts(panel, ".lr-curves-chip")).toEqual(["0.1", "0.2"]);
});

test("fields of runs to group by are called as in the table's headings, and told from a key of that name", () => {
  const runs = madeRuns(["a", "b"], { State: ["x", "y"] });
  const field = (name: string, values: readonly string[]) => ({
    ...(runs.columns[0] as (typeof runs.columns)[number]),
    ...{ key: `field:${name}`, name, kind: "field" as const, values },
  });
  const panel = shown(madeHistory([run("a", [1, 2]), run("b", [3, 4])]), {
    ...runs,
    columns: [...runs.columns, field("jobType", ["train", "eval"]), field("state", ["finished", "failed"])],
  });
  const group = control<HTMLSelectElement>(panel, "Group by");
  const names = [...group.options].map(({ text }) => text);
  expect(names).toEqual(["none", "State", "Job type", "State (field)"]);
});

test("a line is shown alone by a click with a key held, and all are again by another", () => {
  const panel = shown(madeHistory([run("a", [1, 2]), run("b", [3, 4]), run("c", [5, 6])]));
  const pressed = () =>
    [...panel.node.querySelectorAll(".lr-curves-chip")].map((chip) => chip.getAttribute("aria-pressed"));
  const alone = () =>
    panel.node
      .querySelectorAll(".lr-curves-chip")[1]
      ?.dispatchEvent(new MouseEvent("click", { altKey: true, bubbles: true }));
  alone();
  expect(pressed()).toEqual(["false", "true", "false"]);
  alone();
  expect(pressed()).toEqual(["true", "true", "true"]);
});

test("nothing is left when a panel goes", async () => {
  const panel = shown(madeHistory([run("a", [1, 2])]));
  panel.dispose();
  expect(document.querySelector(".lr-curves")).toBeNull();
  expect(() => panel.dispose()).not.toThrow();
});

test("another choice of runs looks at no config", () => {
  const ids = ["a", "b", "c"];
  const runs = madeRuns(ids, { lr: [1, 2, 1] });
  let reads = 0;
  const columns = runs.columns.map((column) => ({
    ...column,
    get values() {
      reads++;
      return column.values;
    },
  }));
  const panel = shown(madeHistory(ids.map((id) => run(id, [1, 2]))), { ...runs, columns });
  expect(reads).toBeGreaterThan(0);
  reads = 0;
  panel.setShown(["a"]);
  panel.setShown(["b", "c"]);
  expect(reads).toBe(0);
});
