/// <reference lib="dom" />
import { nullTranslator } from "@jupyterlab/translation";
import { Panel } from "@lumino/widgets";
import { createRunColors } from "../../packages/jupyterlab-ext/src/colors/run-colors.ts";
import { parseRuns } from "../../packages/jupyterlab-ext/src/data/parse-runs.ts";
import { DEFAULT_SETTINGS } from "../../packages/jupyterlab-ext/src/settings/view-settings.ts";
import { RunsView } from "../../packages/jupyterlab-ext/src/views/runs-view.ts";
import { mount } from "./harness/mount.ts";

// As in JupyterLab, where they live as long as the page.
const context = {
  trans: nullTranslator.load("lazyruns"),
  colors: createRunColors(),
  settings: DEFAULT_SETTINGS,
};
let cell: Panel | undefined;

/** Shows the runs of a `RunsOutput` in a cell of their own and waits until their curves are drawn. */
export async function show(json: unknown): Promise<void> {
  const parsed = parseRuns(json, context.trans);
  if (!parsed.ok) throw new Error(parsed.reason);
  const view = new RunsView(context);
  view.setData(parsed.data, parsed.notes);
  cell = new Panel();
  cell.addWidget(view);
  mount(cell);
  await view.ready;
  while (view.node.querySelector(".lr-curves-all") === null) await new Promise(requestAnimationFrame);
}

/**
 * Disposes what is shown.
 *
 * @param isTold - whether it is told that it is detached; a notebook that is closed says nothing
 */
export function dispose(isTold: boolean): void {
  if (cell !== undefined && !isTold) {
    // Nobody says to a layout that is disposed what becomes of what it held.
    cell.layout?.dispose();
  }
  cell?.dispose();
  cell = undefined;
}
