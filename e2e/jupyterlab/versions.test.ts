import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { describeInChromium } from "../support/browser.ts";
import { bundleOf, runsOutput } from "./fixtures/runs-output.ts";
import { notebookOf } from "./harness/notebook-of.ts";
import { openNotebook } from "./harness/open-notebook.ts";
import { startJupyter } from "./harness/start-jupyter.ts";
import { installWheel, JUPYTERLAB_4_2, JUPYTERLAB_4_6, NOTEBOOK_7 } from "./wheel.ts";

const notebooks = {
  saved: notebookOf([{ outputs: [bundleOf(runsOutput({ runs: 20, steps: 50 }))] }], null),
};

describeInChromium("the wheel, installed", (browser) => {
  test.each([
    ["JupyterLab 4.2.7", JUPYTERLAB_4_2, "lab"],
    ["JupyterLab 4.6.6", JUPYTERLAB_4_6, "lab"],
    ["Notebook 7.6.5", NOTEBOOK_7, "notebook"],
  ] as const)("draws a saved notebook in %s", async (_, requirements, app) => {
    const folder = mkdtempSync(path.join(tmpdir(), "lazyruns-wheel-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const python = await installWheel(path.join(folder, "venv"), [requirements]);
    const jupyter = await startJupyter({ notebooks, python, extension: "installed", app });
    onTestFinished(() => jupyter.stop());
    const view = await openNotebook(browser(), jupyter, "saved");
    await view.page.screenshot({ path: `/tmp/e2e-${_.replaceAll(" ", "-")}.png` });
    expect(view.strayRequests).toEqual([]);
  });
});
