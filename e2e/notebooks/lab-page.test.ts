import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findChromium } from "../support/chromium.ts";
import { startLab } from "./start-lab.ts";

const found = findChromium();
const title = found.path === undefined ? `in JupyterLab (skipped: ${found.reason})` : "in JupyterLab";

describe.skipIf(found.path === undefined)(title, () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: found.path as string });
  });

  afterAll(() => browser.close());

  test("a plot is a picture, and an interactive one is drawn by Vega-Lite", async () => {
    const { lab } = await startLab("--no-browser");
    const page = await browser.newPage({ viewport: { width: 1400, height: 1000 } });
    await page.goto(lab.replace("/lab", "/lab/tree/03-compare-runs.ipynb"));
    expect(await drawn(page)).toEqual({ picture: true, vega: true });
    await page.close();
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
