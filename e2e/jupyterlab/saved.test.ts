import { afterAll, beforeAll, expect, test } from "vitest";
import { describeInChromium } from "../support/browser.ts";
import { SCRIPT } from "./fixtures/hostile-outputs.ts";
import { bundleOf, runsOutput } from "./fixtures/runs-output.ts";
import { demoNotebook, notebookOf } from "./harness/notebook-of.ts";
import { openNotebook } from "./harness/open-notebook.ts";
import { partsOf } from "./harness/runs-output-parts.ts";
import { type Jupyter, startJupyter } from "./harness/start-jupyter.ts";

describeInChromium("a saved notebook", (browser) => {
  let jupyter: Jupyter;

  beforeAll(async () => {
    const bundle = bundleOf(runsOutput({ runs: 5, steps: 20 }), `<p>as HTML</p>${SCRIPT}`);
    const notebooks = {
      demo: demoNotebook("01-first-look"),
      compared: demoNotebook("03-compare-runs"),
      unknown: notebookOf([{ outputs: [bundle] }, { outputs: [{ "text/html": SCRIPT }] }], null),
    };
    jupyter = await startJupyter({ notebooks, untrusted: ["unknown"] });
  });

  afterAll(() => jupyter?.stop());

  test("is drawn without a kernel and without any other host", async () => {
    const { cell, strayRequests } = await openNotebook(browser(), jupyter, "demo");
    const runs = partsOf((await cell(3)).locator(".lr-output"));
    await runs.canvas.waitFor();
    expect(await runs.grid.getAttribute("aria-rowcount")).toBe("25");
    const withCurves = partsOf((await cell(11)).locator(".lr-output"));
    await withCurves.canvas.waitFor();
    await withCurves.chart("train/loss").locator("canvas").first().waitFor();
    const one = (await cell(9)).locator(".lr-output");
    await expect.poll(() => one.textContent()).toContain("mlp-adam-lr0.003-wide");
    expect(strayRequests).toEqual([]);
  });

  test("has its plots drawn as curves", async () => {
    const { cell } = await openNotebook(browser(), jupyter, "compared");
    for (const index of [5, 9, 12]) {
      const output = (await cell(index)).locator(".lr-output");
      await output
        .getByRole("application", { name: /^train\// })
        .locator("canvas")
        .first()
        .waitFor();
    }
  });

  test("that nobody trusts is drawn all the same, and runs no script", async () => {
    const { page, cell } = await openNotebook(browser(), jupyter, "unknown");
    expect(await page.locator("#jp-main-statusbar [title*='not trusted' i]").count()).toBeGreaterThan(0);
    const parts = partsOf((await cell(0)).locator(".lr-output"));
    await parts.canvas.waitFor();
    await parts.chart("loss").locator("canvas").first().waitFor();
    expect(await parts.column("Name")).toEqual(["run-0", "run-1", "run-2", "run-3", "run-4"]);
    expect(await page.evaluate(() => "ran" in globalThis)).toBe(false);
  });

  test("that is exported shows the HTML of its outputs", async () => {
    const page = await browser().newPage();
    try {
      await page.goto(`${jupyter.url}nbconvert/html/demo.ipynb?token=${jupyter.token}`);
      const tables = page.locator(".jp-RenderedHTMLCommon table");
      expect(await tables.count()).toBeGreaterThan(2);
      expect(await tables.first().textContent()).toContain("mlp-adam");
      expect(await page.locator(".lr-output").count()).toBe(0);
    } finally {
      await page.close();
    }
  });
});
