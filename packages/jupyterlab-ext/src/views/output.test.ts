import { RenderMimeRegistry, standardRendererFactories } from "@jupyterlab/rendermime";
import type { IRenderMime } from "@jupyterlab/rendermime-interfaces";
import { nullTranslator } from "@jupyterlab/translation";
import { Widget } from "@lumino/widgets";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { CurvesPanel } from "../curves/curves-panel.ts";
import { DEFAULT_SETTINGS } from "../settings/view-settings.ts";
import { RowsTable } from "../table/rows-table.ts";
import { RunsTable } from "../table/runs-table.ts";
import { clickInGrid } from "../testing/clicks.ts";
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

interface RunsJson {
  readonly of: string;
  readonly ids: readonly string[];
  readonly columns: readonly { readonly kind: string; readonly name: string; readonly values: unknown[] }[];
  readonly histories?: unknown;
}

function namesOf(json: RunsJson | undefined): string[] {
  const names = json?.columns.find(({ kind, name }) => kind === "field" && name === "name");
  return (names?.values ?? []) as string[];
}

/** The hints that are seen: what they say, and their code. */
function hints(output: Output): [string | null | undefined, string | null | undefined][] {
  return [...output.node.querySelectorAll(".lr-hint:not(.lm-mod-hidden)")].map((hint) => [
    hint.querySelector(".lr-hint-text")?.textContent,
    hint.querySelector("code")?.textContent,
  ]);
}

const runs = demoJson(RUNS) as RunsJson[];
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
    expect(output.node.querySelector(".lr-head-name")?.textContent).toMatch(/./);
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
    expect(hints(output)).toEqual([]);
  });

  it("have the curves of the selected ones as soon as some are selected", async () => {
    const output = await shown(RUNS, withCurves);
    const setShown = vi.spyOn(CurvesPanel.prototype, "setShown");
    const [first, , third] = namesOf(withCurves);
    const [one, , three] = withCurves?.ids ?? [];
    clickInGrid(output.node, "gridcell", third ?? "");
    expect(setShown.mock.lastCall).toEqual([[three]]);
    clickInGrid(output.node, "gridcell", first ?? "");
    expect(setShown.mock.lastCall).toEqual([[one, three]]);
    expect((output.view as RunsView).selection).toEqual([one, three]);
    clickInGrid(output.node, "gridcell", first ?? "");
    clickInGrid(output.node, "gridcell", third ?? "");
    expect(setShown.mock.lastCall).toEqual([withCurves?.ids]);
    clickInGrid(output.node, "columnheader", "Name");
    const { shown: sorted } = (output.view as RunsView).table;
    expect(sorted).not.toEqual(withCurves?.ids);
    expect(setShown.mock.lastCall).toEqual([sorted]);
  });

  it("tell the curves once of other runs, with their histories", async () => {
    const output = await shown(RUNS, withCurves);
    const setShown = vi.spyOn(CurvesPanel.prototype, "setShown");
    const setData = vi.spyOn(CurvesPanel.prototype, "setData");
    const ids = withCurves?.ids.map((id) => `new-${id}`);
    await output.renderModel(model({ [RUNS]: { ...withCurves, ids } }));
    expect(setShown.mock.calls).toEqual([[ids]]);
    expect(setData).toHaveBeenCalledTimes(1);
  });

  it("without histories say how to get them, with a metric that they have", async () => {
    const output = await shown(RUNS, {
      ...withoutCurves,
      full: 1,
      ids: ["a"],
      columns: [
        { kind: "summary", name: "val.loss", dtype: "float64", values: [1], shown: true },
        { kind: "summary", name: 'x"] }); steal([', dtype: "float64", values: [1], shown: true },
        { kind: "summary", name: "accuracy", dtype: "float64", values: [1], shown: true },
        { kind: "summary", name: "train/loss", dtype: "float64", values: [1], shown: true },
      ],
    });
    expect(hints(output)).toEqual([
      [
        expect.stringMatching(/your collection as runs, this shows curves:$/),
        'await lazyruns.show(runs, { keys: ["train/loss"] });',
      ],
    ]);
    expect(output.node.querySelector(".lr-curves-section")?.classList).toContain("lm-mod-hidden");
  });

  it("say nothing of curves where no metric is known, there are no runs, or the histories are broken", async () => {
    const loss = { kind: "summary", name: "loss", dtype: "float64", values: [1], shown: true };
    const of = { ...withoutCurves, ids: ["a"], full: 1, columns: [loss] };
    expect(hints(await shown(RUNS, of))).toHaveLength(1);
    for (const more of [
      { columns: [] },
      {
        columns: [
          { ...loss, kind: "config" },
          { ...loss, name: "_runtime" },
          { ...loss, name: "x y" },
        ],
      },
      { columns: [{ ...loss, values: [null] }] },
      { ids: [], columns: [{ ...loss, values: [] }] },
      { histories: { broken: true } },
    ])
      expect([more, hints(await shown(RUNS, { ...of, ...more }))]).toEqual([more, []]);
  });

  it("say that config and summary aren't loaded, and how to load them and keep the curves", async () => {
    const ids = withCurves?.ids ?? [];
    const none = hints(await shown(RUNS, { ...withCurves, full: 0 }));
    const drawn = withCurves?.histories as { columns: { name: string }[]; x: string } | undefined;
    const metrics =
      drawn?.columns.map(({ name }) => name).filter((name) => name !== drawn.x && /^[a-z]/.test(name)) ?? [];
    expect(metrics).not.toEqual([]);
    const keys = metrics.map((name) => JSON.stringify(name)).join(", ");
    const code = `await lazyruns.show(await runs.upgradeToFull(), { keys: [${keys}] });`;
    expect(none).toEqual([[expect.stringContaining("Config and summary are not loaded."), code]]);
    const some = hints(await shown(RUNS, { ...withCurves, full: 1 }));
    expect(some[0]?.[0]).toContain(`loaded for 1 of these ${ids.length} runs`);
    expect(hints(await shown(RUNS, { ...withCurves, full: ids.length }))).toEqual([]);
    expect(hints(await shown(RUNS, { ...withCurves, of: "table", full: 0 }))).toEqual([]);
    const one = hints(await shown(RUNS, { ...oneRun, full: 0, columns: [], histories: undefined }));
    expect(one).toEqual([[expect.anything(), "await lazyruns.show(await run.load());"]]);
  });

  it("link to their project's page, and to nothing that isn't a page of the web", async () => {
    const linked = await shown(RUNS, withoutCurves);
    expect(linked.node.querySelector<HTMLAnchorElement>("a.lr-head-name")?.href).toMatch(/^http:/);
    const hostile = await shown(RUNS, { ...withoutCurves, url: "javascript:alert(1)" });
    expect(hostile.node.querySelector("a")).toBeNull();
  });
});

describe("while an output is brought up to date", () => {
  const focused = () => document.activeElement as HTMLElement | null;

  it("the link to the project keeps the focus", async () => {
    const output = await shown(RUNS, withoutCurves);
    const link = output.node.querySelector<HTMLElement>("a.lr-head-name");
    link?.focus();
    await output.renderModel(model({ [RUNS]: { ...withoutCurves, total: 99 } }));
    expect(output.node.textContent).toContain("of 99 runs loaded");
    expect(focused()).toBe(link);
  });

  it("notes that stay are the same ones, so that their text can be selected", async () => {
    const output = await shown(RUNS, { ...withoutCurves, columnsLeftOut: 2 });
    const [note] = output.node.querySelectorAll(".lr-note");
    const loaded = (withoutCurves?.ids.length ?? 0) + 3;
    await output.renderModel(model({ [RUNS]: { ...withoutCurves, loaded, columnsLeftOut: 2 } }));
    const notes = [...output.node.querySelectorAll(".lr-note")];
    expect(notes).toHaveLength(2);
    expect(notes[1]).toBe(note);
  });

  it("the button that copies how to see curves keeps the focus, and copies what shows then", async () => {
    const columnOf = (name: string) => [
      { kind: "summary", name, dtype: "float64", values: [1], shown: true },
    ];
    const output = await shown(RUNS, { ...withoutCurves, full: 99, columns: columnOf("loss") });
    const button = output.node.querySelector<HTMLElement>(".lr-hint:not(.lm-mod-hidden) .lr-code-copy");
    button?.focus();
    await output.renderModel(
      model({ [RUNS]: { ...withoutCurves, full: 99, columns: columnOf("val_loss") } }),
    );
    expect(focused()).toBe(button);
    const writeText = vi.spyOn(navigator.clipboard, "writeText").mockResolvedValue();
    button?.click();
    await vi.waitFor(() =>
      expect(output.node.querySelector(".lr-hint:not(.lm-mod-hidden) [role=status]")?.textContent).toBe(
        "Copied",
      ),
    );
    expect(writeText.mock.calls).toEqual([['await lazyruns.show(runs, { keys: ["val_loss"] });']]);
  });

  it("it is said when the browser doesn't allow copying", async () => {
    const output = await shown(RUNS, withoutCurves);
    vi.spyOn(navigator.clipboard, "writeText").mockRejectedValue(new Error("not allowed"));
    output.node.querySelector<HTMLElement>(".lr-hint:not(.lm-mod-hidden) .lr-code-copy")?.click();
    await vi.waitFor(() =>
      expect(output.node.querySelector(".lr-hint:not(.lm-mod-hidden) [role=status]")?.textContent).toMatch(
        /doesn't allow/,
      ),
    );
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
    const before = [...output.node.querySelectorAll<HTMLElement>("section *")];
    const scroll = output.node.querySelectorAll<HTMLElement>(".lr-run-scroll")[1];
    scroll?.focus();
    await output.renderModel(model({ [RUNS]: of(2) }));
    expect([...output.node.querySelectorAll("section *")]).toEqual(before);
    expect(document.activeElement).toBe(scroll);
    expect(output.node.querySelectorAll("td")[1]?.textContent).toBe("2");
  });

  it("scrolls by keyboard where it is long, in parts that have names", async () => {
    const output = await shown(RUNS, oneRun);
    const parts = [...output.node.querySelectorAll<HTMLElement>(".lr-run-scroll")];
    expect(parts).toHaveLength(3);
    for (const part of parts) {
      expect([part.tabIndex, part.getAttribute("role")]).toEqual([0, "region"]);
      const name = document.getElementById(part.getAttribute("aria-labelledby") ?? "");
      expect(name).toBe(part.querySelector("caption"));
    }
  });

  it("shows its first keys, and the others by a button that keeps the focus", async () => {
    const columns = Array.from({ length: 45 }, (_, at) => ({
      kind: "config",
      name: `key${at}`,
      dtype: "int64",
      values: [at],
      shown: true,
    }));
    const output = await shown(RUNS, { ...oneRun, columns });
    const rows = () => output.node.querySelectorAll("tr").length;
    const more = output.node.querySelector<HTMLButtonElement>(".lr-run-more");
    expect([rows(), more?.textContent]).toEqual([40, "Show 5 more"]);
    more?.focus();
    // It scrolls only then: an output has room below.
    expect(output.node.querySelector(".lr-mod-whole")).toBeNull();
    more?.click();
    expect(output.node.querySelector(".lr-mod-whole > .lr-run-scroll")).not.toBeNull();
    expect([rows(), more?.textContent]).toEqual([45, "Show fewer"]);
    await output.renderModel(model({ [RUNS]: { ...oneRun, columns: columns.slice(0, 43) } }));
    expect(document.activeElement).toBe(more);
    more?.click();
    expect([rows(), more?.textContent]).toEqual([40, "Show 3 more"]);
    expect(document.activeElement).toBe(more);
  });

  it("has the keys of W&B last, the state with its icon, numbers to the right, and histograms by their name", async () => {
    const column = (name: string, dtype: string, value: unknown, more = {}) => ({
      kind: "summary",
      name,
      dtype,
      values: [value],
      shown: true,
      ...more,
    });
    const histogram = { _type: "histogram", bins: [0, 1], values: [5] };
    const output = await shown(RUNS, {
      ...oneRun,
      columns: [
        column("state", "utf8", "crashed", { kind: "field" }),
        column("_wandb.runtime", "int64", 8, { shown: false }),
        column("_step", "int64", 9, { shown: false }),
        column("loss", "float64", 0.5),
        column("gradients", "json", histogram),
      ],
    });
    const keys = [...output.node.querySelectorAll("th")].map(({ textContent }) => textContent);
    expect(keys).toEqual(["State", "loss", "gradients", "_wandb.runtime", "_step"]);
    const [state, loss, gradients] = output.node.querySelectorAll<HTMLElement>("td");
    expect(state?.textContent).toBe("crashed");
    expect(state?.querySelector("svg polygon.lr-state-error")).not.toBeNull();
    expect([loss, gradients].map((cell) => cell?.classList.contains("lr-mod-number"))).toEqual([true, false]);
    expect(gradients?.querySelector("span")?.textContent).toBe("histogram");
    gradients?.querySelector("button")?.click();
    expect(gradients?.querySelector("span")?.textContent).toBe(JSON.stringify(histogram));
  });

  it("shows the whole of a long value by a button, and only there is one", async () => {
    const long = `${"x".repeat(179)}\u{1f600}${"y".repeat(500)}`;
    const column = (name: string, value: string) => ({
      kind: "config",
      name,
      dtype: "utf8",
      values: [value],
      shown: true,
    });
    const output = await shown(RUNS, { ...oneRun, columns: [column("long", long), column("short", "x")] });
    const [button, ...others] = output.node.querySelectorAll<HTMLButtonElement>("td button");
    expect(others).toEqual([]);
    const text = () => output.node.querySelector("td span")?.textContent;
    expect(text()).toBe(`${"x".repeat(179)}…`);
    expect(button?.getAttribute("aria-expanded")).toBe("false");
    button?.focus();
    button?.click();
    expect([text(), button?.textContent, button?.getAttribute("aria-expanded")]).toEqual([
      long,
      "Show less",
      "true",
    ]);
    await output.renderModel(
      model({ [RUNS]: { ...oneRun, columns: [column("long", `${long}!`), column("short", "y")] } }),
    );
    expect([text(), document.activeElement]).toEqual([`${long}!`, button]);
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
      ["run:#2", "run", ["first", "first", "b"]],
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
    const { table } = output.view as RunsView;
    expect(table.node.querySelectorAll("[role=row]").length).toBeGreaterThan(1);
    expect(output.node.textContent).toContain("The curves can't be drawn: Error: no canvas.");
    expect(output.node.querySelectorAll(".lr-curves")).toHaveLength(0);
    await output.renderModel(model({ [RUNS]: { ...withCurves, total: 99 } }));
    expect(output.node.querySelectorAll(".lr-curves")).toHaveLength(1);
    expect(output.node.querySelector(".lr-curves-loading")?.classList).toContain("lm-mod-hidden");
  });

  it.each(["setData", "setShown", "setSettings", "themeChanged"] as const)(
    "is said when curves that are there fail by %s, and the table stays as it was arranged",
    async (fails) => {
      const said = vi.spyOn(console, "error").mockImplementation(() => {});
      const output = await shown(RUNS, withCurves);
      const { view } = output;
      clickInGrid(output.node, "gridcell", namesOf(withCurves)[1] ?? "");
      vi.spyOn(CurvesPanel.prototype, fails).mockImplementationOnce(() => {
        throw new Error("no canvas");
      });
      if (fails === "setShown") clickInGrid(output.node, "gridcell", namesOf(withCurves)[0] ?? "");
      else if (fails === "setSettings") views.setSettings({ ...DEFAULT_SETTINGS, smoothing: 0.5 });
      else if (fails === "themeChanged") views.themeChanged();
      else await output.renderModel(model({ [RUNS]: { ...withCurves, total: 98 } }));
      expect(output.view).toBe(view);
      expect(said).toHaveBeenCalledTimes(1);
      const line = output.node.querySelector(".lr-curves-loading");
      expect(line?.textContent).toContain("The curves can't be drawn: Error: no canvas.");
      expect(line?.classList).not.toContain("lm-mod-hidden");
      expect(output.node.querySelectorAll(".lr-curves")).toHaveLength(0);
      const { selection } = view as RunsView;
      expect(selection).toContain(withCurves?.ids[1]);
      const setShown = vi.spyOn(CurvesPanel.prototype, "setShown");
      await output.renderModel(model({ [RUNS]: { ...withCurves, total: 99 } }));
      expect(output.node.querySelectorAll(".lr-curves")).toHaveLength(1);
      expect(setShown.mock.lastCall).toEqual([selection]);
    },
  );

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
  it("draw nothing any more when they are gone", async () => {
    const output = await shown(RUNS, withoutCurves);
    output.dispose();
    await output.renderModel(model({ [RUNS]: { ...withoutCurves, total: 99 } }));
    expect(output.view?.isDisposed).toBe(true);
    const never = registry.createRenderer(RUNS) as Output;
    never.dispose();
    await never.renderModel(model({ [RUNS]: withoutCurves }));
    expect(never.view).toBeUndefined();
    expect(never.node.childElementCount).toBe(0);
  });

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
