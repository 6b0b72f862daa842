import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeInChromium } from "../support/browser.ts";
import { demoNotebook } from "./harness/notebook-of.ts";
import { openNotebook } from "./harness/open-notebook.ts";
import { type Jupyter, startJupyter } from "./harness/start-jupyter.ts";

describeInChromium("JupyterLab without our extension", (browser) => {
  let jupyter: Jupyter;

  beforeAll(async () => {
    const notebooks = { compared: demoNotebook("03-compare-runs") };
    jupyter = await startJupyter({ notebooks, extension: "none" });
  });

  afterAll(() => jupyter?.stop());

  test("shows a plot as a picture, and draws an interactive one by Vega-Lite", async () => {
    const { page } = await openNotebook(browser(), jupyter, "compared");
    expect(await drawn(page)).toEqual({ picture: true, vega: true });
  });
});

/** What of plots is to be seen once the notebook was scrolled through: cells out of sight aren't drawn. */
async function drawn(page: Page): Promise<{ picture: boolean; vega: boolean }> {
  const seen = { picture: false, vega: false };
  const panel = page.locator(".jp-WindowedPanel-outer").first();
  await panel.hover();
  const cell = page.locator(".jp-CodeCell", { hasText: "interactive: true" });
  const look = async () => {
    seen.picture ||=
      (await page.locator('[data-mime-type="text/html"] svg[aria-label^="train/loss"]').count()) > 0;
    const isThere = (await cell.count()) > 0;
    if (!isThere) await page.mouse.wheel(0, 150);
    seen.vega ||= isThere && (await cell.locator(".jp-RenderedVegaLite canvas").count()) > 0;
    return seen;
  };
  await expect.poll(look, { timeout: 60_000, interval: 300 }).toEqual({ picture: true, vega: true });
  return seen;
}
