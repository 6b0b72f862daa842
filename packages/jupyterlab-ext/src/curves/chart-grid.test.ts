import { nullTranslator } from "@jupyterlab/translation";
import { Widget } from "@lumino/widgets";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createRunColors } from "../colors/run-colors.ts";
import { DEFAULT_SETTINGS } from "../settings/view-settings.ts";
import { madeHistory } from "../testing/made-history.ts";
import { CurvesPanel } from "./curves-panel.ts";
import { loadUPlot, type UPlot } from "./draw/load-uplot.ts";

vi.mock("./draw/load-uplot.ts");

const made = vi.fn();
const destroyed = vi.fn();

/** Has a plot area, and counts. */
class Chart {
  readonly over = document.createElement("div");
  readonly setData = vi.fn();
  readonly setCursor = vi.fn();
  readonly setSize = vi.fn();
  readonly destroy = destroyed;

  constructor() {
    made();
  }
}

const observers: { disconnect: ReturnType<typeof vi.fn>; tell: () => void }[] = [];
class Observer {
  readonly disconnect = vi.fn();
  private readonly nodes: Element[] = [];

  constructor(told: (entries: readonly object[]) => void) {
    const tell = () => told(this.nodes.map((target) => ({ target, isIntersecting: true })));
    observers.push({ disconnect: this.disconnect, tell });
  }

  observe(node: Element): void {
    this.nodes.push(node);
  }

  unobserve(): void {}
}

beforeEach(() => {
  vi.stubGlobal("IntersectionObserver", Observer);
  vi.stubGlobal("ResizeObserver", Observer);
  for (const side of ["clientWidth", "clientHeight"] as const)
    vi.spyOn(HTMLElement.prototype, side, "get").mockReturnValue(300);
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  vi.mocked(loadUPlot).mockReset();
  made.mockReset();
  destroyed.mockReset();
  observers.length = 0;
  document.body.replaceChildren();
});

/** A panel of three charts, all of them in sight. */
function shown(): CurvesPanel {
  const panel = new CurvesPanel({
    trans: nullTranslator.load("lazyruns"),
    colors: createRunColors(),
    settings: DEFAULT_SETTINGS,
  });
  const columns = { _step: [0, 1], a: [1, 2], b: [2, 3], c: [3, 4] };
  panel.setData(madeHistory([{ id: "run", columns }]), undefined);
  Widget.attach(panel, document.body);
  for (const { tell } of observers) tell();
  return panel;
}

const frames = async () => {
  for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
};

/** The loading of uPlot, ended when the test says so. */
function loading() {
  let end: { resolve: () => void; reject: (error: Error) => void } | undefined;
  vi.mocked(loadUPlot).mockImplementationOnce(
    () =>
      new Promise((resolve, reject) => {
        end = { resolve: () => resolve(Chart as unknown as UPlot), reject };
      }),
  );
  return { end: () => end?.resolve(), fail: () => end?.reject(new Error("offline")) };
}

test("what charts hold is let go of when a panel goes, and it is told", async () => {
  const [added, removed] = [vi.spyOn(window, "addEventListener"), vi.spyOn(window, "removeEventListener")];
  vi.mocked(loadUPlot).mockResolvedValue(Chart as unknown as UPlot);
  const panel = shown();
  await vi.waitFor(() => expect(made).toHaveBeenCalledTimes(3));
  const disposed = vi.fn();
  panel.disposed.connect(disposed);
  panel.dispose();
  expect(disposed).toHaveBeenCalledOnce();
  expect(destroyed).toHaveBeenCalledTimes(3);
  expect(observers).toHaveLength(2);
  for (const { disconnect } of observers) expect(disconnect).toHaveBeenCalledOnce();
  const of = (spy: typeof added | typeof removed) =>
    spy.mock.calls.filter(([type]) => type === "beforeprint").map(([, listener]) => listener);
  expect(of(added)).toHaveLength(1);
  expect(of(removed)).toEqual(of(added));
});

test("an open list of metrics no longer listens to the page when its panel has gone", () => {
  vi.mocked(loadUPlot).mockResolvedValue(Chart as unknown as UPlot);
  const panel = shown();
  const [added, removed] = [
    vi.spyOn(document, "addEventListener"),
    vi.spyOn(document, "removeEventListener"),
  ];
  panel.node.querySelector<HTMLElement>(".lr-curves-picker button")?.click();
  const [listening] = added.mock.calls.filter(([type]) => type === "pointerdown");
  expect(listening).toBeDefined();
  panel.dispose();
  expect(removed.mock.calls).toContainEqual(listening);
});

test("a failure to load is told once, and it isn't tried again before somebody says so", async () => {
  const first = loading();
  const panel = shown();
  await frames();
  first.fail();
  const failures = () => panel.node.querySelectorAll("[role=alert]");
  await vi.waitFor(() => expect(failures()).toHaveLength(1));
  panel.setData(madeHistory([{ id: "run", columns: { _step: [0, 1], a: [1, 5], b: [2, 3] } }]), undefined);
  await frames();
  expect([failures().length, vi.mocked(loadUPlot).mock.calls.length]).toEqual([1, 1]);
  vi.mocked(loadUPlot).mockResolvedValue(Chart as unknown as UPlot);
  failures()[0]?.querySelector("button")?.click();
  await vi.waitFor(() => expect(made).toHaveBeenCalledTimes(2));
  expect(failures()).toHaveLength(0);
  panel.dispose();
});

test.each(["end", "fail"] as const)("nothing comes of loading (%s) when the panel has gone", async (how) => {
  const load = loading();
  const panel = shown();
  await frames();
  panel.dispose();
  load[how]();
  await frames();
  expect(made).not.toHaveBeenCalled();
  expect(panel.node.querySelector("[role=alert]")).toBeNull();
});

test("tables load nothing, and stay as they are when the window has another size", async () => {
  vi.mocked(loadUPlot).mockResolvedValue(Chart as unknown as UPlot);
  const panel = shown();
  await frames();
  const press = (name: string) =>
    [...panel.node.querySelectorAll("button")].find(({ textContent }) => textContent === name)?.click();
  press("Tables");
  await frames();
  const box = panel.node.querySelector<HTMLElement>(".lr-curves-table-box");
  const table = box?.querySelector("table");
  box?.focus();
  for (const { tell } of observers) tell();
  await frames();
  expect(box?.querySelector("table")).toBe(table);
  panel.setData(madeHistory([{ id: "run", columns: { _step: [0, 1], a: [1, 5] } }]), undefined);
  await frames();
  expect(document.activeElement).toBe(box);
  expect(box?.textContent).toContain("5");
  panel.dispose();
});
