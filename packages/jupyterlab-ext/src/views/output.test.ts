import { RenderMimeRegistry, standardRendererFactories } from "@jupyterlab/rendermime";
import type { IRenderMime } from "@jupyterlab/rendermime-interfaces";
import { nullTranslator } from "@jupyterlab/translation";
import { Widget } from "@lumino/widgets";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { CurvesPanel } from "../curves/curves-panel.ts";
import { DEFAULT_SETTINGS } from "../settings/view-settings.ts";
import { RowsTable } from "../table/rows-table.ts";
import { RunsTable } from "../table/runs-table.ts";
import { demoBundles, demoJson, HISTORY, RUNS } from "../testing/demo-outputs.ts";
import type { HistoryView } from "./history-view.ts";
import { Output } from "./output.ts";
import { RunView } from "./run-view.ts";
import { RunsView } from "./runs-view.ts";
import { Views } from "./views.ts";

const HTML = "<p class='from-html'>As HTML</p><img src=x onerror='globalThis.hacked = true'>";

let views: Views;
let registry: RenderMimeRegistry;
let opened: Output[];

beforeEach(() => {
  views = new Views(nullTranslator.load("jupyterlab_lazyruns"));
  registry = new RenderMimeRegistry({ initialFactories: standardRendererFactories });
  registry.addFactory(
    {
      safe: true,
      mimeTypes: [RUNS, HISTORY],
      createRenderer: (options) => new Output(views, registry, options),
    },
    0,
  );
  opened = [];
});

afterEach(() => {
  for (const output of opened) output.dispose();
  document.body.replaceChildren();
  vi.restoreAllMocks();
});

function open(mimeType: string): Output {
  const output = registry.createRenderer(mimeType) as Output;
  opened.push(output);
  Widget.attach(output, document.body);
  return output;
}

function model(data: Record<string, unknown>, trusted = false): IRenderMime.IMimeModel {
  return registry.createModel({ data: data as never, trusted });
}

async function shown(mimeType: string, json: unknown, more: Record<string, unknown> = {}): Promise<Output> {
  const output = open(mimeType);
  await output.renderModel(model({ ...more, [mimeType]: json }));
  return output;
}

const runs = demoJson(RUNS) as { of: string; ids: string[]; histories?: unknown }[];
const withCurves = runs.find(({ histories, ids }) => histories !== undefined && ids.length > 1);
const withoutCurves = runs.find(({ histories, ids }) => histories === undefined && ids.length > 1);
const oneRun = runs.find(({ of }) => of === "run");
const histories = demoJson(HISTORY) as { of: string }[];
const plot = histories.find(({ of }) => of === "plot");
const frame = histories.find(({ of }) => of === "frame");

describe("the host", () => {
  it("prefers our outputs to HTML, in untrusted notebooks too", () => {
    for (const bundle of demoBundles()) {
      expect(registry.preferredMimeType(bundle as never, "ensure")).toMatch(/^application\/vnd\.lazyruns\./);
    }
  });
});

describe("every output of the demo notebooks", () => {
  it.each(demoBundles().map((bundle, at) => [at, bundle] as const))("is drawn: %i", async (_, bundle) => {
    const mimeType = RUNS in bundle ? RUNS : HISTORY;
    const output = await shown(mimeType, bundle[mimeType]);
    expect(output.view).toBeDefined();
    expect(output.node.querySelector(".lr-head-name")?.textContent).not.toBe("");
    expect(output.node.querySelector(".lr-note-problem")).toBeNull();
  });
});

describe("runs", () => {
  it("are a table, with the curves of all that pass the filters", async () => {
    const setShown = vi.spyOn(CurvesPanel.prototype, "setShown");
    const setData = vi.spyOn(CurvesPanel.prototype, "setData");
    const output = await shown(RUNS, withCurves);
    const { table } = output.view as RunsView;
    expect(output.view).toBeInstanceOf(RunsView);
    expect(setShown.mock.lastCall).toEqual([table.shown]);
    expect(setData).toHaveBeenCalledTimes(1);
    expect(output.node.querySelector(".lr-hint")?.classList).toContain("lm-mod-hidden");
  });

  it("have the curves of the selected ones as soon as some are selected", async () => {
    const output = await shown(RUNS, withCurves);
    const setShown = vi.spyOn(CurvesPanel.prototype, "setShown");
    const { table } = output.view as RunsView;
    const selection = vi.spyOn(table, "selection", "get").mockReturnValue(["b", "a"]);
    (table.changed as unknown as { emit(): void }).emit();
    expect(setShown.mock.lastCall).toEqual([["b", "a"]]);
    selection.mockReturnValue([]);
    vi.spyOn(table, "shown", "get").mockReturnValue(["c"]);
    (table.changed as unknown as { emit(): void }).emit();
    expect(setShown.mock.lastCall).toEqual([["c"]]);
  });

  it("without histories say how to get them, with a metric that they have", async () => {
    const output = await shown(RUNS, {
      ...withoutCurves,
      ids: ["a"],
      columns: [
        { kind: "summary", name: "val.loss", dtype: "float64", values: [1], shown: true },
        { kind: "summary", name: 'x"] }); steal([', dtype: "float64", values: [1], shown: true },
        { kind: "summary", name: "accuracy", dtype: "float64", values: [1], shown: true },
        { kind: "summary", name: "train/loss", dtype: "float64", values: [1], shown: true },
      ],
    });
    expect(output.node.querySelector(".lr-hint code")?.textContent).toBe(
      'await lazyruns.show(runs, { keys: ["train/loss"] });',
    );
    expect(output.node.querySelector(".lr-curves-section")?.classList).toContain("lm-mod-hidden");
  });

  it("link to their project's page, and to nothing that isn't a page of the web", async () => {
    const linked = await shown(RUNS, withoutCurves);
    expect(linked.node.querySelector<HTMLAnchorElement>("a.lr-head-name")?.href).toMatch(/^http:/);
    const hostile = await shown(RUNS, { ...withoutCurves, url: "javascript:alert(1)" });
    expect(hostile.node.querySelector("a")).toBeNull();
  });
});

describe("one run", () => {
  it("is a list of its fields, its config and its summary", async () => {
    const output = await shown(RUNS, oneRun);
    expect(output.view).toBeInstanceOf(RunView);
    const titles = [...output.node.querySelectorAll("caption")].map(({ textContent }) => textContent);
    expect(titles).toEqual(["Run", "Config", "Summary"]);
    const rows = [...output.node.querySelectorAll("tr")].map((row) =>
      [...row.children].map((cell) => cell.textContent),
    );
    expect(rows).toContainEqual(["optimizer.name", expect.stringMatching(/^\w+$/)]);
  });

  it("keeps what is as it was when the rest is brought up to date", async () => {
    const column = (kind: string, name: string, value: number) => ({
      kind,
      name,
      dtype: "int64",
      values: [value],
      shown: true,
    });
    const of = (loss: number) => ({
      ...oneRun,
      columns: [column("config", "lr", 1), column("summary", "loss", loss)],
    });
    const output = await shown(RUNS, of(1));
    const [config, summary] = output.node.querySelectorAll("table");
    await output.renderModel(model({ [RUNS]: of(2) }));
    expect(output.node.querySelectorAll("table")[0]).toBe(config);
    expect(output.node.querySelectorAll("table")[1]).not.toBe(summary);
    expect(output.node.querySelectorAll("td")[1]?.textContent).toBe("2");
  });

  it("shows names as text, whatever they are", async () => {
    const name = "<img src=x onerror=alert(1)>\u202e";
    const columns = [{ kind: "config", name, dtype: "utf8", values: [name], shown: true }];
    const output = await shown(RUNS, { ...oneRun, columns, ids: [name], entity: name, project: name });
    expect(output.node.querySelector("img")).toBeNull();
    expect(output.node.querySelector("td")?.textContent).toBe(name);
  });
});

describe("histories", () => {
  it("of a plot open as curves, and can be seen as rows", async () => {
    const output = await shown(HISTORY, plot);
    const [curves, rows] = output.node.querySelectorAll<HTMLButtonElement>("[role=tab]");
    expect(selectedTabs(output)).toEqual(["true", "false"]);
    expect(pages(output)).toEqual([false, true]);
    rows?.click();
    expect(selectedTabs(output)).toEqual(["false", "true"]);
    expect(pages(output)).toEqual([true, false]);
    rows?.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true }));
    expect(selectedTabs(output)).toEqual(["true", "false"]);
    expect(document.activeElement).toBe(curves);
  });

  it("of a frame open as rows, and load no code for curves before those are seen", async () => {
    const setData = vi.spyOn(CurvesPanel.prototype, "setData");
    const output = await shown(HISTORY, frame);
    expect(pages(output)).toEqual([true, false]);
    expect(setData).not.toHaveBeenCalled();
    output.node.querySelector<HTMLButtonElement>("[role=tab]")?.click();
    await (output.view as HistoryView).ready;
    expect(setData).toHaveBeenCalledTimes(1);
  });

  it("without numbers are rows only", async () => {
    const columns = [{ name: "text", dtype: "utf8", values: ["a"] }];
    const output = await shown(HISTORY, {
      ...plot,
      numRows: 1,
      columns,
      runs: [{ id: "a", numRows: 1, totalRows: 1 }],
    });
    expect(output.node.querySelector(".lr-tabs")?.classList).toContain("lm-mod-hidden");
    expect(pages(output)).toEqual([true, false]);
  });

  it("say in their rows whose they are, and which rows", async () => {
    const setData = vi.spyOn(RowsTable.prototype, "setData");
    await shown(HISTORY, {
      ...frame,
      of: "plot",
      plot: { y: ["run:"], groupBy: "model", smooth: 0, logY: false },
      rows: "ends",
      head: 2,
      numRows: 3,
      totalRows: 10,
      runs: [
        { id: "a", name: "first", group: "mlp", numRows: 2, totalRows: 5 },
        { id: "b", numRows: 1, totalRows: 5 },
      ],
      columns: [{ name: "run:", dtype: "int64", values: [1, 2, 3] }],
    });
    const [columns, numRows] = setData.mock.lastCall ?? [];
    expect(numRows).toBe(3);
    expect(columns?.map(({ key, name, values }) => [key, name, values])).toEqual([
      ["run::", "run", ["first", "first", "b"]],
      ["group:", "model", ["mlp", "mlp", null]],
      ["row:", "row", [0, 1, 9]],
      ["run:", "run:", [1, 2, 3]],
    ]);
  });

  it("say what of them isn't there", async () => {
    const output = await shown(HISTORY, {
      ...plot,
      rows: "sampled",
      totalRows: 10_000_000,
      runsLeftOut: 2,
      columnsLeftOut: 1,
    });
    const notes = [...output.node.querySelectorAll(".lr-note")].map(({ textContent }) => textContent);
    expect(notes).toEqual([
      expect.stringMatching(/^[\d,]+ of 10,000,000 rows are here: those that keep the curves' shape\.$/),
      "2 runs are left out to keep the notebook small.",
      "1 column is left out to keep the notebook small.",
    ]);
  });
});

function selectedTabs(output: Output): (string | null)[] {
  return [...output.node.querySelectorAll("[role=tab]")].map((tab) => tab.getAttribute("aria-selected"));
}

function pages(output: Output): boolean[] {
  return [...output.node.querySelectorAll("[role=tabpanel]")].map((page) =>
    page.classList.contains("lm-mod-hidden"),
  );
}

describe("a model that comes again", () => {
  it("changes nothing when it holds the same", async () => {
    const output = await shown(RUNS, withCurves);
    const setData = vi.spyOn(RunsTable.prototype, "setData");
    await output.renderModel(model({ [RUNS]: structuredClone(withCurves), "text/html": "other" }));
    expect(setData).not.toHaveBeenCalled();
  });

  it("is drawn by the same widgets when it holds other data", async () => {
    const output = await shown(RUNS, withCurves);
    const { view } = output;
    const setData = vi.spyOn(RunsTable.prototype, "setData");
    const setCurves = vi.spyOn(CurvesPanel.prototype, "setData");
    await output.renderModel(model({ [RUNS]: { ...withCurves, total: 99 } }));
    expect(output.view).toBe(view);
    expect(setData).toHaveBeenCalledTimes(1);
    expect(setCurves).toHaveBeenCalledTimes(1);
    expect(output.node.querySelectorAll(".lr-head")).toHaveLength(1);
    expect(output.node.textContent).toContain("of 99 runs loaded");
  });

  it("of another kind takes the place of what was there", async () => {
    const output = await shown(RUNS, withCurves);
    const { view } = output;
    await output.renderModel(model({ [RUNS]: oneRun }));
    expect(view?.isDisposed).toBe(true);
    expect(output.view).toBeInstanceOf(RunView);
    await output.renderModel(model({ [RUNS]: { version: 9 }, "text/html": "<b>new</b>" }));
    expect(output.view).toBeUndefined();
    await output.renderModel(model({ [RUNS]: withCurves }));
    expect(output.view).toBeInstanceOf(RunsView);
    expect(output.node.querySelector(".lr-fallback")).toBeNull();
  });
});

describe("what can't be drawn", () => {
  it.each([
    ["a newer version", { version: 2 }, /made by a newer version of Lazyruns: update the extension/],
    ["an empty object", {}, /holds no data: it is empty/],
    ["null", null, /holds no data/],
    ["a list", [], /holds no data: it is a list/],
    ["text", "runs", /holds no data: it is text/],
    ["a broken one", { version: 1 }, /can't be read/],
  ])("says why, and shows the HTML: %s", async (_, json, reason) => {
    for (const mimeType of [RUNS, HISTORY]) {
      const output = await shown(mimeType, json, { "text/html": HTML, "text/plain": "As text" });
      expect(output.node.querySelector("[role=status]")?.textContent).toMatch(reason);
      expect(output.node.querySelector(".from-html")?.textContent).toBe("As HTML");
      expect(output.node.querySelector("[onerror]")).toBeNull();
      expect(output.node.textContent).not.toContain("As text");
    }
    expect(globalThis).not.toHaveProperty("hacked");
  });

  it("shows the text where there is no HTML, and the line alone where there is nothing", async () => {
    const text = await shown(RUNS, { version: 2 }, { "text/plain": "24 runs" });
    expect(text.node.querySelector("pre")?.textContent).toBe("24 runs");
    const alone = await shown(RUNS, { version: 2 });
    expect(alone.node.textContent).toMatch(/update the extension/);
  });

  it("doesn't fall back on itself", async () => {
    const output = await shown(RUNS, { version: 2 }, { [HISTORY]: { version: 2 }, "text/plain": "24 runs" });
    expect(output.node.querySelectorAll(".lr-output")).toHaveLength(0);
    expect(output.node.querySelector("pre")?.textContent).toBe("24 runs");
  });

  it("follows the HTML when only that is another", async () => {
    const output = await shown(RUNS, { version: 2 }, { "text/html": "<i>one</i>" });
    await output.renderModel(model({ [RUNS]: { version: 2 }, "text/html": "<i>two</i>" }));
    expect([...output.node.querySelectorAll("i")].map(({ textContent }) => textContent)).toEqual(["two"]);
  });

  it("is said when drawing fails, and the HTML shows", async () => {
    vi.spyOn(console, "error").mockImplementation(() => {});
    vi.spyOn(RunsTable.prototype, "setData").mockImplementationOnce(() => {
      throw new RangeError("too many columns");
    });
    const output = await shown(RUNS, withCurves, { "text/html": HTML });
    expect(output.node.textContent).toContain("This output can't be drawn: RangeError: too many columns");
    expect(output.node.querySelector(".from-html")).not.toBeNull();
  });

  it("is said when the curves fail, and the table stays", async () => {
    vi.spyOn(console, "error").mockImplementation(() => {});
    vi.spyOn(CurvesPanel.prototype, "setData").mockImplementationOnce(() => {
      throw new Error("no canvas");
    });
    const output = await shown(RUNS, withCurves);
    expect(output.view).toBeInstanceOf(RunsView);
    expect(output.node.textContent).toContain("The curves can't be drawn: Error: no canvas.");
  });

  it("is said when the HTML can't be shown either", async () => {
    vi.spyOn(console, "error").mockImplementation(() => {});
    vi.spyOn(registry, "getFactory").mockImplementation(() => {
      throw new Error("no renderer");
    });
    const output = await shown(RUNS, { version: 2 }, { "text/html": HTML });
    expect(output.node.textContent).toMatch(
      /update the extension.*Its HTML can't be shown either: Error: no renderer/,
    );
  });
});

describe("open outputs", () => {
  it("are told of the theme and of the settings, until they are gone", async () => {
    const output = await shown(RUNS, withCurves);
    await shown(HISTORY, plot);
    const rows = [RunsTable, RowsTable].map((table) => vi.spyOn(table.prototype, "themeChanged"));
    const panels = vi.spyOn(CurvesPanel.prototype, "setSettings");
    const settings = { ...DEFAULT_SETTINGS, smoothing: 0.5 };
    views.setSettings(settings);
    expect(views.settings).toBe(settings);
    expect(panels.mock.calls).toEqual([[settings], [settings]]);
    views.themeChanged();
    for (const told of rows) expect(told).toHaveBeenCalledTimes(1);
    output.dispose();
    views.themeChanged();
    expect(rows[0]).toHaveBeenCalledTimes(1);
    expect(views.size).toBe(1);
  });

  it("are all told when one of them fails", async () => {
    const said = vi.spyOn(console, "error").mockImplementation(() => {});
    const [first, second] = [await shown(RUNS, withoutCurves), await shown(RUNS, withoutCurves)];
    vi.spyOn(first, "themeChanged").mockImplementation(() => {
      throw new Error("broken");
    });
    const told = vi.spyOn(second, "themeChanged");
    views.themeChanged();
    expect(told).toHaveBeenCalledTimes(1);
    expect(said).toHaveBeenCalledTimes(1);
  });

  it("are current once they are used, and no longer when they are gone", async () => {
    const [first, second] = [await shown(RUNS, withoutCurves), await shown(HISTORY, plot)];
    first.node.querySelector("a")?.dispatchEvent(new Event("pointerdown", { bubbles: true }));
    expect(views.current).toBe(first);
    second.node.querySelector<HTMLElement>("[role=tab]")?.focus();
    expect(views.current).toBe(second);
    second.dispose();
    expect(views.current).toBeUndefined();
  });

  it("keep the notebook from single keys that are meant for them, and only from those", async () => {
    const output = await shown(HISTORY, plot);
    const heard: string[] = [];
    document.body.addEventListener("keydown", ({ key }) => heard.push(key));
    const tab = output.node.querySelector("[role=tab]");
    const press = (key: string, more: KeyboardEventInit = {}) =>
      tab?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, ...more }));
    for (const key of ["d", "ArrowDown", "Enter", " ", "x"]) press(key);
    expect(heard).toEqual([]);
    press("Escape");
    press("Tab");
    press("Enter", { shiftKey: true });
    press("s", { ctrlKey: true });
    press("F5");
    expect(heard).toEqual(["Escape", "Tab", "Enter", "s", "F5"]);
  });

  it("have copies that follow them, and outlive them", async () => {
    const output = await shown(RUNS, withCurves);
    const copy = output.copy();
    opened.push(copy);
    Widget.attach(copy, document.body);
    expect(copy.view).toBeInstanceOf(RunsView);
    await output.renderModel(model({ [RUNS]: { ...withCurves, total: 99 } }));
    expect(copy.node.textContent).toContain("of 99 runs loaded");
    output.dispose();
    expect(copy.isDisposed).toBe(false);
    expect(copy.view).toBeInstanceOf(RunsView);
  });
});
