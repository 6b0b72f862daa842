/// <reference lib="dom" />
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeInChromium } from "../support/browser.ts";
import { bundleOf, runsOutput } from "./fixtures/runs-output.ts";
import { axeFaults } from "./harness/axe-faults.ts";
import { notebookOf } from "./harness/notebook-of.ts";
import { openNotebook } from "./harness/open-notebook.ts";
import { partsOf } from "./harness/runs-output-parts.ts";
import { type Jupyter, startJupyter } from "./harness/start-jupyter.ts";
import { THEMES } from "./harness/themes.ts";

describeInChromium("an output of runs is for everybody", (browser) => {
  let jupyter: Jupyter;

  beforeAll(async () => {
    const saved = notebookOf([{ outputs: [bundleOf(runsOutput({ runs: 12, steps: 30 }))] }, {}], null);
    jupyter = await startJupyter({ notebooks: { saved } });
  });

  afterAll(() => jupyter?.stop());

  test("axe finds nothing serious in any theme, with a popover and without", async () => {
    const { page, cell, theme } = await openNotebook(browser(), jupyter, "saved");
    const parts = partsOf((await cell(0)).locator(".lr-output"));
    await parts.chart("loss").locator("canvas").first().waitFor();
    for (const name of THEMES) {
      await theme(name);
      expect(await axeFaults(page, [".lr-output"]), name).toEqual([]);
      await parts.button("Columns").click();
      await page.getByRole("dialog", { name: /columns/i }).waitFor();
      expect(await axeFaults(page, [".lr-output", ".lr-Popover"]), name).toEqual([]);
      await page.keyboard.press("Escape");
    }
  });

  test("the keyboard alone is enough: to sort, filter, select, choose columns, zoom, and go on", async () => {
    const { page, cell } = await openNotebook(browser(), jupyter, "saved");
    const output = (await cell(0)).locator(".lr-output");
    const parts = partsOf(output);
    await parts.chart("loss").locator("canvas").first().waitFor();
    const press = async (...keys: string[]) => {
      for (const key of keys) await page.keyboard.press(key);
    };
    const tabTo = async (what: string) => {
      for (let times = 0; times < 40; times++) {
        if ((await focused(page)) === what) return;
        await page.keyboard.press("Tab");
      }
      throw new Error(`Tab doesn't reach ${what}; the focus is on ${await focused(page)}`);
    };

    await page
      .locator(".jp-Notebook .jp-Cell")
      .first()
      .click({ position: { x: 5, y: 5 } });
    await tabTo("Search runs");
    await page.keyboard.type("even");
    await expect.poll(() => parts.grid.getAttribute("aria-rowcount")).toBe("7");
    await tabTo("Columns");
    await press("Enter");
    const columns = page.getByRole("dialog", { name: /columns/i });
    await page.keyboard.type("model");
    await tabTo("model (config)");
    await press("Space");
    await expect.poll(() => parts.heading("model").count()).toBe(1);
    await press("Escape");
    await expect.poll(() => columns.count()).toBe(0);
    expect(await focused(page)).toBe("Columns");

    await tabTo("Runs");
    await press("Control+Home", "ArrowUp", "Enter", "Enter");
    await expect.poll(() => parts.heading("Name").getAttribute("aria-sort")).toBe("descending");
    await press("Control+Home", "Space", "ArrowDown", "Space");
    await expect.poll(() => parts.selectedRows.count()).toBe(2);
    await expect.poll(() => parts.chart("loss").getAttribute("aria-label")).toContain("2 lines");

    const whole = await parts.chart("loss").getAttribute("aria-label");
    await tabTo(whole ?? "");
    await press("+");
    await expect.poll(() => parts.chart("loss").getAttribute("aria-label")).not.toBe(whole);
    await press("Escape");
    await expect.poll(() => parts.chart("loss").getAttribute("aria-label")).toBe(whole);
    for (let times = 0; times < 40 && (await isWithin(page)); times++) await press("Tab");
    expect(await isWithin(page)).toBe(false);
  });

  test("nothing moves for who wants it still", async () => {
    const { page, cell } = await openNotebook(browser(), jupyter, "saved", { reducedMotion: "reduce" });
    const output = (await cell(0)).locator(".lr-output");
    const parts = partsOf(output);
    await parts.chart("loss").locator("canvas").first().waitFor();
    await parts.button("Columns").click();
    await page.getByRole("dialog", { name: /columns/i }).waitFor();
    const moving = await page.evaluate(() =>
      document
        .getAnimations()
        .flatMap(({ effect }) => (effect instanceof KeyframeEffect ? (effect.target ?? []) : []))
        .filter((target) => target.closest(".lr-output, .lr-Popover") !== null)
        .map(({ className }) => String(className)),
    );
    expect(moving).toEqual([]);
    const animated = await page.evaluate(() =>
      [...document.querySelectorAll(".lr-output *, .lr-Popover *")]
        .filter((element) => {
          const { transitionDuration, animationDuration } = getComputedStyle(element);
          return [transitionDuration, animationDuration].some((times) =>
            times.split(",").some((time) => Number.parseFloat(time) > 0.01),
          );
        })
        .map((element) => String(element.className)),
    );
    expect(animated).toEqual([]);
  });
});

/** The name of what has the focus. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const { activeElement: on } = document;
    const label = on instanceof HTMLInputElement ? on.labels?.[0]?.textContent : undefined;
    return (on?.getAttribute("aria-label") ?? label ?? on?.textContent ?? "").trim();
  });
}

/** Whether the focus is in an output of ours. */
function isWithin(page: Page): Promise<boolean> {
  return page.evaluate(() => document.activeElement?.closest(".lr-output") !== null);
}
