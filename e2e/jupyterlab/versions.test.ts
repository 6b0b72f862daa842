import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { describeInChromium } from "../support/browser.ts";
import { bundleOf, runsOutput } from "./fixtures/runs-output.ts";
import { notebookOf } from "./harness/notebook-of.ts";
import { openNotebook } from "./harness/open-notebook.ts";
import { partsOf } from "./harness/runs-output-parts.ts";
import { startJupyter } from "./harness/start-jupyter.ts";
import { installWheel, JUPYTERLAB_4_2, JUPYTERLAB_4_6, NOTEBOOK_7 } from "./wheel.ts";

/** Where the heading is in the table, in pixels. */
const NAME_HEADING = { x: 70, y: 15 };

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
    const parts = partsOf((await view.cell(0)).locator(".lr-output"));
    await parts.chart("loss").locator("canvas").first().waitFor();
    expect(await parts.grid.getAttribute("aria-rowcount")).toBe("21");
    const box = await parts.canvas.boundingBox();
    await view.page.mouse.click((box?.x ?? 0) + NAME_HEADING.x, (box?.y ?? 0) + NAME_HEADING.y);
    await expect.poll(() => parts.heading("Name").getAttribute("aria-sort")).toBe("ascending");
    await parts.search.fill("run-3");
    await expect.poll(() => parts.column("Name")).toEqual(["run-3"]);
    expect(view.strayRequests).toEqual([]);
  });
});
