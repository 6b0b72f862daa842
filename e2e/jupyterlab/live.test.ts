import { afterAll, beforeAll, expect, test } from "vitest";
import { startRun } from "../notebooks/kernel/write-run-under-way.ts";
import { describeInChromium } from "../support/browser.ts";
import { notebookOf } from "./harness/notebook-of.ts";
import { openNotebook } from "./harness/open-notebook.ts";
import { partsOf, type RunsOutputParts } from "./harness/runs-output-parts.ts";
import { type Jupyter, startJupyter } from "./harness/start-jupyter.ts";

const CELLS = [
  'import * as lazyruns from "@lazyruns/notebook";\nconst api = new lazyruns.Api();\nlazyruns.progress(false);',
  'await lazyruns.show(api.runs("local/digits"), { keys: ["train/loss"] });',
  'await lazyruns.watch(api.runs("local/live"), { keys: ["loss"], every: 100 });',
];

describeInChromium("a cell that runs in tslab", (browser) => {
  let jupyter: Jupyter;

  beforeAll(async () => {
    jupyter = await startJupyter({ notebooks: { live: notebookOf(CELLS.map((source) => ({ source }))) } });
  });

  afterAll(() => jupyter?.stop());

  test("is drawn, and what is watched keeps how it was arranged", async () => {
    const runs = [];
    for (const name of ["live-a", "live-b", "live-c"]) {
      const run = await startRun(jupyter.server.url, "local/live", name);
      for (let step = 0; step < 20; step++) await run.log(10 - step / 4);
      runs.push(run);
    }
    const { page, cell, runAll } = await openNotebook(browser(), jupyter, "live", { withKernel: true });
    await runAll();
    const shown = partsOf((await cell(1)).locator(".lr-output"));
    await expect.poll(() => shown.grid.getAttribute("aria-rowcount")).toBe("25");
    await shown.chart("train/loss").locator("canvas").first().waitFor();

    const watched = partsOf((await cell(2)).locator(".lr-output"));
    await watched.chart("loss").locator("canvas").first().waitFor();
    // Sorted by name from behind, the first two selected, the first half zoomed into.
    await watched.grid.focus();
    for (const key of ["Control+Home", "ArrowUp", "Enter", "Enter"]) await page.keyboard.press(key);
    await expect.poll(() => watched.heading("Name").getAttribute("aria-sort")).toBe("descending");
    for (const key of ["Control+Home", "Space", "ArrowDown", "Space"]) await page.keyboard.press(key);
    await expect.poll(() => watched.selectedRows.count()).toBe(2);
    await watched.chart("loss").focus();
    await page.keyboard.press("+");
    await watched.button("Reset zoom").waitFor();

    const zoomed = await shownSteps(watched);
    for (const run of runs) await run.log(1);
    expect(await watched.heading("Name").getAttribute("aria-sort")).toBe("descending");
    expect(await watched.selectedRows.count()).toBe(2);
    expect(await watched.button("Reset zoom").isVisible()).toBe(true);
    for (const run of runs) await run.finish();
    await expect.poll(() => watched.column("State")).toEqual(["finished", "finished", "finished"]);
    expect(await watched.column("Name")).toEqual(["live-c", "live-b", "live-a"]);
    expect(await watched.selectedRows.count()).toBe(2);
    expect(await shownSteps(watched)).toBe(zoomed);
    await watched.button("Reset zoom").click();
    // What was logged meanwhile is there.
    await expect
      .poll(() => watched.chart("loss").getAttribute("aria-label"))
      .toBe("loss: 2 lines. Step from 0 to 20. Values from 1 to 10.");
  });
});

/** From which step to which a chart goes. */
async function shownSteps(parts: RunsOutputParts): Promise<string | undefined> {
  return /Step from \S+ to \S+\./.exec((await parts.chart("loss").getAttribute("aria-label")) ?? "")?.[0];
}
