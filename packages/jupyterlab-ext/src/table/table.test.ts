import { nullTranslator } from "@jupyterlab/translation";
import { Widget } from "@lumino/widgets";
import { expect, onTestFinished, test, vi } from "vitest";
import type { RunsColumn, RunsData } from "../data/runs-data.ts";
import { headingText } from "../grid/column.ts";
import { isSameCell } from "../grid/differing.ts";
import { DEFAULT_SETTINGS } from "../settings/view-settings.ts";
import { runsFacts } from "../views/facts.ts";
import { RowsTable } from "./rows-table.ts";
import { runsColumns } from "./runs-columns.ts";
import { RunsTable } from "./runs-table.ts";

const trans = nullTranslator.load("lazyruns");
const context = {
  trans,
  colors: { look: () => ({ color: "#123456", dash: [] }) },
  settings: DEFAULT_SETTINGS,
};

function column(kind: RunsColumn["kind"], name: string, more: Partial<RunsColumn> = {}): RunsColumn {
  return {
    kind,
    name,
    key: `${kind}:${name}`,
    dtype: "utf8",
    values: [],
    shortened: 0,
    isShown: true,
    ...more,
  };
}

function runs(more: Partial<RunsData> = {}): RunsData {
  return {
    of: "runs",
    entity: null,
    project: null,
    url: "https://wandb.example/team/project",
    total: 3,
    loaded: 3,
    full: 3,
    madeAt: undefined,
    ids: ["a", "b/2", "c"],
    columns: [
      column("field", "name", { values: ["one", "two", "three"] }),
      column("config", "lr", { dtype: "float64", values: [0.3, 0.1, 0.2] }),
    ],
    columnsLeftOut: 0,
    histories: undefined,
    ...more,
  };
}

function shown<T extends Widget>(widget: T): T {
  Widget.attach(widget, document.body);
  onTestFinished(() => widget.dispose());
  return widget;
}

const cells = (widget: Widget, role: string) =>
  [...widget.node.querySelectorAll<HTMLElement>(`[role=${role}]`)].map((node) => node.textContent);
const click = (widget: Widget, role: string, text: string) =>
  [...widget.node.querySelectorAll<HTMLElement>(`[role=${role}]`)]
    .find((node) => node.textContent === text)
    ?.click();

function selectAll(widget: Widget): void {
  const grid = widget.node.querySelector<HTMLElement>("[role=grid]");
  grid?.focus();
  grid?.dispatchEvent(new KeyboardEvent("keydown", { key: "a", ctrlKey: true, bubbles: true }));
}

test("settings say which columns are on and in which order; what they don't name is off", () => {
  const all = [
    column("field", "name"),
    column("field", "state"),
    column("config", "loss", { isShown: false }),
    column("summary", "loss"),
    column("config", "__proto__"),
  ];
  const on = (wanted: string[]) =>
    runsColumns(all, wanted, trans)
      .filter(({ isShown }) => isShown)
      .map(({ key }) => key);
  expect(on([])).toEqual(["field:name", "field:state", "summary:loss", "config:__proto__"]);
  const chosen = ["field:name", "summary:loss", "field:state", "config:loss"];
  expect(on(["summary.loss", "state", "config.loss"])).toEqual(chosen);
  expect(on(["summary.loss", "nonsense", "state", "name", "config.", "config.loss"])).toEqual(chosen);
  expect(on(["config.nothing", "nonsense"])).toEqual(on([]));
  const made = runsColumns(all, [], trans);
  expect(made.map(({ name, origin }) => `${name}|${origin}`)).toEqual([
    "Name|",
    "State|",
    "loss|config",
    "loss|summary",
    "__proto__|config",
  ]);
  expect(made.map(headingText)).toEqual(["Name", "State", "loss (config)", "loss (summary)", "__proto__"]);
  expect(made.map(({ canBeAlike }) => canBeAlike)).toEqual([false, false, true, true, true]);
});

test("names come first whatever settings say, until someone hides them", () => {
  const table = shown(
    new RunsTable({ ...context, settings: { ...DEFAULT_SETTINGS, columns: ["config.lr"] } }),
  );
  const headings = () => cells(table, "columnheader").map((text) => text?.replace(/,.*/, ""));
  table.setData(runs());
  expect(headings()[0]).toBe("Name");
  expect(headings()).toHaveLength(2);
  table.node.querySelector<HTMLElement>(".lr-Toolbar [aria-haspopup]")?.click();
  const name = [...document.querySelectorAll(".lr-ColumnsMenu label")].find(
    (label) => label.textContent === "Name",
  );
  name?.querySelector("input")?.click();
  expect(headings()).toHaveLength(1);
  table.setData(runs({ ids: ["d", "e", "f"] }));
  expect(headings()).toHaveLength(1);
});

test("thousands of columns: the menu lists the first ones and finds the others, and shows all at once", () => {
  const table = shown(new RunsTable(context));
  const many = Array.from({ length: 5000 }, (_, at) => column("config", `key${at}`, { values: [1, 2, 3] }));
  table.setData(runs({ columns: many.map((one) => ({ ...one, isShown: false })) }));
  table.node.querySelector<HTMLElement>(".lr-Toolbar [aria-haspopup]")?.click();
  const menu = document.querySelector(".lr-ColumnsMenu");
  const lines = () => [...(menu?.querySelectorAll("label") ?? [])].map((label) => label.textContent);
  expect(lines()).toHaveLength(200);
  expect(menu?.querySelector(".lr-ColumnsMenu-rest")?.textContent).toBe(
    "4,800 more columns: search for them",
  );
  const search = menu?.querySelector<HTMLInputElement>("input[type=search]");
  if (search) search.value = "key4999";
  search?.dispatchEvent(new Event("input"));
  expect(lines()).toEqual([expect.stringContaining("key4999")]);
  expect(menu?.querySelector(".lr-ColumnsMenu-rest")).toBeNull();
  if (search) search.value = "key";
  search?.dispatchEvent(new Event("input"));
  const adds = vi.spyOn(Set.prototype, "add");
  onTestFinished(() => adds.mockRestore());
  [...(menu?.querySelectorAll("button") ?? [])].find((one) => one.textContent === "Show all")?.click();
  expect(adds.mock.calls.length).toBeLessThan(50_000);
  expect(menu?.querySelector(".lr-ColumnsMenu-count")?.textContent).toBe("5,000 of 5,000 shown");
});

test("runs of one name are told apart by their ids, and found by them", async () => {
  const table = shown(new RunsTable(context));
  const names = (...values: string[]) => [column("field", "name", { values })];
  table.setData(runs({ runIds: ["a", "a", "c"], columns: names("same", "same", "other") }));
  expect(cells(table, "gridcell")).toEqual(["same a", "same a", "other"]);
  table.setData(runs({ columns: names("same", "other", "same") }));
  expect(cells(table, "gridcell")).toEqual(["same a", "other", "same c"]);
  table.setData(runs({ ids: ["a", "b", "d"], columns: names("same", "other", "same") }));
  expect(cells(table, "gridcell")).toEqual(["same a", "other", "same d"]);
  const search = table.node.querySelector<HTMLInputElement>("input[type=search]");
  if (search) search.value = "same d";
  search?.dispatchEvent(new Event("input"));
  await vi.waitFor(() => expect(table.shown).toEqual(["d"]));
  table.setData(runs({ ids: ["same", "b", "c"], columns: names("same", "b", "c") }));
  expect(table.selection).toEqual([]);
});

test("a run without a name shows its id", () => {
  const table = shown(new RunsTable(context));
  const names = (...values: (string | null)[]) => [column("field", "name", { values })];
  table.setData(runs({ columns: names("", " ", "other") }));
  expect(cells(table, "gridcell")).toEqual(["a", "b/2", "other"]);
  table.setData(runs({ runIds: ["a", "x", "c"], columns: names("one", null, "") }));
  expect(cells(table, "gridcell")).toEqual(["one", "x", "c"]);
});

test("headings say whether a column is of config or of summary", () => {
  const table = shown(new RunsTable(context));
  table.setData(
    runs({ columns: [column("field", "name"), column("config", "lr"), column("summary", "loss")] }),
  );
  const said = [...table.node.querySelectorAll("[role=columnheader]")].map((heading) => [
    heading.textContent,
    heading.getAttribute("aria-description"),
  ]);
  expect(said).toEqual([
    ["Name", null],
    ["lr", "config"],
    ["loss", "summary"],
  ]);
});

test("keys with Shift are the host's, but for those that select", () => {
  const table = shown(new RunsTable(context));
  table.setData(runs());
  const grid = table.node.querySelector<HTMLElement>("[role=grid]");
  grid?.focus();
  const isTaken = (key: string, more: KeyboardEventInit) =>
    !grid?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more }));
  for (const more of [{ ctrlKey: true }, { metaKey: true }]) {
    expect(isTaken("C", { shiftKey: true, ...more })).toBe(false);
    expect(isTaken("A", { shiftKey: true, ...more })).toBe(false);
    expect(table.selection).toEqual([]);
    // With Caps Lock.
    expect(isTaken("C", more)).toBe(true);
  }
  expect(isTaken("A", { ctrlKey: true })).toBe(true);
  expect(table.selection).toHaveLength(3);
});

test("a table of runs tells its order and its selection, from before it is on the page", () => {
  const table = new RunsTable(context);
  let changes = 0;
  table.changed.connect(() => changes++);
  table.setData(runs());
  expect(table.shown).toEqual(["a", "b/2", "c"]);
  shown(table);
  click(table, "columnheader", "lr");
  expect(table.shown).toEqual(["b/2", "c", "a"]);
  expect(table.node.querySelector("[aria-sort=ascending]")?.textContent).toBe("lr");
  click(table, "gridcell", "0.3");
  click(table, "gridcell", "0.1");
  expect(table.selection).toEqual(["b/2", "a"]);
  const before = changes;
  table.setData(runs());
  expect(changes).toBe(before);
  table.setData(runs({ ids: ["a", "new", "c"] }));
  expect(table.selection).toEqual(["a"]);
  expect(changes).toBeGreaterThan(before);
  expect(table.node.querySelector("a")?.getAttribute("rel")).toContain("noopener");
});

test("rows whose runs have one id open the page of that run", () => {
  const table = shown(new RunsTable(context));
  table.setData(runs({ runIds: ["a", "a", "c"] }));
  const links = [...table.node.querySelectorAll("a")].map((link) => link.href);
  expect(links.map((link) => link.split("/runs/")[1])).toEqual(["a", "a", "c"]);
  table.setData(runs({ url: undefined, ids: ["x", "y", "z"] }));
  expect(table.node.querySelector("a")).toBeNull();
});

test("the page of the first selected run is told, and no other is made up for it", () => {
  const table = shown(new RunsTable(context));
  const ids = Array.from({ length: 20_000 }, (_, row) => `run ${row}`);
  table.setData(runs({ ids, columns: [column("field", "name", { values: ids })] }));
  expect(table.page).toBeUndefined();
  const made = vi.spyOn(globalThis, "encodeURIComponent");
  onTestFinished(() => made.mockRestore());
  selectAll(table);
  expect(table.selection).toHaveLength(20_000);
  expect(table.selection).toBe(table.selection);
  expect(made).toHaveBeenCalledTimes(0);
  expect(table.page).toBe("https://wandb.example/team/project/runs/run%200");
  expect(made).toHaveBeenCalledTimes(1);
  table.setData(runs({ ids, url: undefined }));
  expect(table.page).toBeUndefined();
});

test.each([
  ["a table of runs", () => new RunsTable(context)],
  ["a table of rows", () => new RowsTable(context)],
])("who asked hears that %s is gone", (_, make) => {
  const table = make();
  const grid = [...(table.layout ?? [])][0] as Widget;
  const told = vi.fn();
  for (const widget of [table, grid] as Widget[]) widget.disposed.connect(told);
  table.dispose();
  expect(told).toHaveBeenCalledTimes(2);
});

test("a value that is nested too deep to be written is shown as such, sorted, and like no other", () => {
  const deep = (end: unknown) => Array.from({ length: 20_000 }).reduce((inner) => [inner], end) as object;
  const nested = column("config", "deep", { dtype: "json", values: [deep(1), deep(2), { a: 1n }] });
  const table = shown(new RunsTable(context));
  table.setData(runs({ columns: [nested] }));
  expect(cells(table, "gridcell")).toEqual(["…", "…", '{"a":"1"}']);
  click(table, "columnheader", "deep");
  expect(table.shown).toHaveLength(3);
  expect(isSameCell(deep(1), deep(2))).toBe(false);
});

test("counts are told as the numbers beside them, whatever the page's language", () => {
  document.documentElement.lang = "de";
  onTestFinished(() => document.documentElement.removeAttribute("lang"));
  const table = shown(new RunsTable(context));
  const ids = Array.from({ length: 1500 }, (_, row) => `run ${row}`);
  table.setData(runs({ ids, total: 1500, loaded: 2000 }));
  selectAll(table);
  const status = table.node.querySelector(".lr-StatusBar")?.textContent;
  expect(status).toContain("1,500 runs");
  expect(status).toContain("1,500 selected");
  expect(runsFacts(runs({ ids, loaded: 2000 }), trans)[0]).toContain("1,500 of the 2,000");
});

test("names are only ever text", () => {
  const table = shown(new RunsTable(context));
  const name = "<img src=x onerror=alert(1)>";
  table.setData(
    runs({
      columns: [
        column("field", "name", { values: [name, name, name] }),
        column("config", name, { values: [name, "", null] }),
      ],
    }),
  );
  expect(table.node.querySelector("img")).toBeNull();
  expect(cells(table, "gridcell")).toContain(name);
  expect(cells(table, "columnheader")).toContain(name);
});

test("nothing, no columns and columns of nothing are told", () => {
  const table = shown(new RunsTable(context));
  const empty = () => table.node.querySelector(".lr-Grid-empty")?.textContent;
  table.setData(runs({ ids: [], columns: [] }));
  expect(empty()).toBe("No runs");
  table.setData(runs({ columns: [] }));
  expect(empty()).toContain("No columns");
  table.setData(runs({ columns: [column("config", "x", { dtype: "null", values: [null, null, null] })] }));
  expect(empty()).toBe("");
  expect(cells(table, "gridcell")).toEqual(["", "", ""]);
});

test("a table of rows has no check boxes, and no more than a window of rows behind its canvas", () => {
  const table = shown(new RowsTable(context));
  const count = 50_000;
  const values = Array.from({ length: count }, (_, row) => row);
  table.setData([{ key: "_step", name: "_step", dtype: "int64", values, shortened: 0 }], count);
  expect(table.node.querySelector("[role=grid]")?.getAttribute("aria-rowcount")).toBe("50001");
  expect(cells(table, "gridcell").length).toBeLessThan(100);
  expect(table.node.textContent).toContain("50,000 rows");
  expect(table.node.querySelector("[role=switch]")).toBeNull();
});

test("tables that are gone leave nothing on the page", () => {
  const before = document.body.innerHTML;
  const table = new RunsTable(context);
  table.setData(runs());
  Widget.attach(table, document.body);
  [...table.node.querySelectorAll("button")].find((node) => node.textContent === "Columns")?.click();
  expect(document.querySelector(".lr-Popover")).not.toBeNull();
  table.dispose();
  expect(document.body.innerHTML).toBe(before);
});

test("a table is reset to how it was at first, and shows all columns", () => {
  const table = shown(new RunsTable(context));
  const hidden = column("summary", "hidden", { isShown: false, values: ["x", "y", "z"] });
  table.setData(runs({ columns: [...runs().columns, hidden] }));
  click(table, "columnheader", "lr");
  click(table, "gridcell", "0.1");
  table.showAllColumns();
  expect(cells(table, "columnheader")).toEqual(["Name", "lr", "hidden"]);
  table.reset();
  expect(cells(table, "columnheader")).toEqual(["Name", "lr"]);
  expect(table.shown).toEqual(["a", "b/2", "c"]);
  expect(table.selection).toEqual(["b/2"]);
});
