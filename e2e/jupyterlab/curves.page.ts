/// <reference lib="dom" />
import { nullTranslator } from "@jupyterlab/translation";
import { createRunColors } from "../../packages/jupyterlab-ext/src/colors/run-colors.ts";
import { CurvesPanel } from "../../packages/jupyterlab-ext/src/curves/curves-panel.ts";
import type { HistoryData } from "../../packages/jupyterlab-ext/src/data/history-data.ts";
import { parseHistory } from "../../packages/jupyterlab-ext/src/data/parse-history.ts";
import { parseRuns } from "../../packages/jupyterlab-ext/src/data/parse-runs.ts";
import type { RunsData } from "../../packages/jupyterlab-ext/src/data/runs-data.ts";
import {
  DEFAULT_SETTINGS,
  type ViewSettings,
} from "../../packages/jupyterlab-ext/src/settings/view-settings.ts";
import { madeHistory } from "../../packages/jupyterlab-ext/src/testing/made-history.ts";
import { mount } from "./harness/mount.ts";

const trans = nullTranslator.load("lazyruns");
let panel: CurvesPanel | undefined;

/** Shows a panel, which takes the place of the one before. */
function show(history: HistoryData, runs: RunsData | undefined, settings: Partial<ViewSettings> = {}) {
  panel?.dispose();
  panel = new CurvesPanel({
    trans,
    colors: createRunColors(),
    settings: { ...DEFAULT_SETTINGS, ...settings },
  });
  panel.setData(history, runs);
  const made = panel;
  const drawn = whenDrawn(made);
  mount(made);
  return drawn;
}

/** Shows a `HistoryOutput` and waits until it is drawn. */
export async function showHistory(json: unknown, settings: Partial<ViewSettings> = {}): Promise<void> {
  const parsed = parseHistory(json, trans);
  if (!parsed.ok) throw new Error(parsed.reason);
  await show(parsed.data, undefined, settings);
}

/** Sets other data, and waits until that is drawn. */
export async function setHistory(json: unknown): Promise<void> {
  const parsed = parseHistory(json, trans);
  if (!parsed.ok || panel === undefined) throw new Error("Nothing to set, or nowhere");
  const drawn = whenDrawn(panel);
  panel.setData(parsed.data, undefined);
  await drawn;
}

/** Chooses runs. */
export async function setShown(ids: readonly string[]): Promise<void> {
  if (panel === undefined) throw new Error("There is no panel");
  const drawn = whenDrawn(panel);
  panel.setShown(ids);
  await drawn;
}

/** Shows the histories of a `RunsOutput`. */
export async function showRuns(json: unknown, settings: Partial<ViewSettings> = {}): Promise<void> {
  const parsed = parseRuns(json, trans);
  if (!parsed.ok) throw new Error(parsed.reason);
  if (parsed.data.histories === undefined) throw new Error("There are no histories in it");
  await show(parsed.data.histories, parsed.data, settings);
}

function whenDrawn(of: CurvesPanel): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      const isPart = of.node.querySelector("canvas, table") === null;
      if (isPart && of.node.querySelector(".lr-curves-card") !== null) return;
      of.drawn.disconnect(done);
      resolve();
    };
    of.drawn.connect(done);
  });
}

/** How long drawing took, in milliseconds. */
export interface DrawingTime {
  /** From `setData` until every canvas in sight has its pixels. */
  readonly all: number;
  /** The same work every time, which has nothing to do with charts: how fast the machine is just then. */
  readonly reference: number;
  /** The charts by their numbers, in the order they were drawn in. */
  readonly order: readonly number[];
}

/** Draws made-up runs again and again. */
export async function timeDrawing(
  runs: number,
  points: number,
  charts: number,
  times: number,
): Promise<DrawingTime[]> {
  await show(madeUp(runs, points, charts, 0), undefined);
  const found: DrawingTime[] = [];
  for (let time = 1; time <= times; time++) {
    const history = madeUp(runs, points, charts, time);
    const drawn = whenDrawn(panel as CurvesPanel);
    const reference = timeReference();
    const { order, end } = followDrawing();
    await new Promise(requestAnimationFrame);
    const start = performance.now();
    panel?.setData(history, undefined);
    await drawn;
    // Drawing is put off until somebody looks at the pixels.
    for (const canvas of panel?.node.querySelectorAll("canvas") ?? [])
      canvas.getContext("2d")?.getImageData(0, 0, 1, 1);
    found.push({ all: performance.now() - start, reference: Math.min(reference, timeReference()), order });
    end();
  }
  return found;
}

/** How long sorting 200,000 numbers takes, the best of three times. */
function timeReference(): number {
  const times = [1, 2, 3].map((seed) => {
    const numbers = Float64Array.from({ length: 200_000 }, (_, at) => Math.sin(at * 7919 + seed));
    const start = performance.now();
    numbers.sort();
    return performance.now() - start;
  });
  return Math.min(...times);
}

/** Notes which chart's curves are drawn, until it is ended. */
function followDrawing(): { readonly order: number[]; end(): void } {
  const order: number[] = [];
  const { clearRect } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.clearRect = function (...where) {
    const card = this.canvas.matches(".lr-curves-all") ? this.canvas.closest(".lr-curves-card") : null;
    if (card !== null) order.push([...(card.parentElement?.children ?? [])].indexOf(card));
    clearRect.apply(this, where);
  };
  const end = () => {
    CanvasRenderingContext2D.prototype.clearRect = clearRect;
  };
  return { order, end };
}

function madeUp(runs: number, points: number, charts: number, seed: number): HistoryData {
  const numRows = runs * points;
  const values = (of: (run: number, point: number) => number) =>
    Float64Array.from({ length: numRows }, (_, row) => of(Math.floor(row / points), row % points));
  const names = Array.from({ length: charts }, (_, chart) => `metric${chart}`);
  const metrics = [
    { name: "_step", isDatetime: false, values: values((run, point) => point * 10 + (run % 7)) },
    ...names.map((name, chart) => ({
      name,
      isDatetime: false,
      values: values(
        (run, point) => Math.exp(-point / 80) + 0.1 * run + 0.2 * Math.sin(point * (chart + run + seed)),
      ),
    })),
  ];
  const made = Array.from({ length: runs }, (_, run) => ({
    id: `run${run}`,
    name: `run ${run}`,
    group: undefined,
    start: run * points,
    end: (run + 1) * points,
    totalRows: points,
  }));
  return madeHistory([], { numRows, totalRows: numRows, runs: made, metrics });
}
