/// <reference lib="dom" />
import type { Locator } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeInChromium } from "../support/browser.ts";
import { bundleOf, runsOutput } from "./fixtures/runs-output.ts";
import { notebookOf } from "./harness/notebook-of.ts";
import { type NotebookPage, openNotebook } from "./harness/open-notebook.ts";
import { stillPictureOf } from "./harness/picture.ts";
import { partsOf } from "./harness/runs-output-parts.ts";
import { type Jupyter, setSettings, startJupyter } from "./harness/start-jupyter.ts";

const RUNS = 30;
const FAR = 40;
/** Where the first row of the table is, and how high rows are, in pixels. */
const FIRST_ROW = 50;
const ROW = 28;

describeInChromium("an output of runs in JupyterLab", (browser) => {
  let jupyter: Jupyter;

  beforeAll(async () => {
    const cells = [
      { outputs: [bundleOf(runsOutput({ runs: RUNS, steps: 60 }))] },
      ...Array.from({ length: FAR }, (_, index) => ({ source: `// cell ${index}\n\n\n` })),
    ];
    jupyter = await startJupyter({ notebooks: { saved: notebookOf(cells, null) } });
    // Cells out of sight are taken away, and come back: not the default, and harder.
    await setSettings(jupyter, "@jupyterlab/notebook-extension:tracker", { windowingMode: "full" });
  });

  afterAll(() => jupyter?.stop());

  const open = async (): Promise<NotebookPage & { parts: ReturnType<typeof partsOf> }> => {
    const view = await openNotebook(browser(), jupyter, "saved");
    const parts = partsOf((await view.cell(0)).locator(".lr-output"));
    await parts.canvas.waitFor();
    return { ...view, parts };
  };

  test("is sorted by a click on a heading: numbers as numbers, and nothing last", async () => {
    const { parts, page } = await open();
    const { x, y } = await boxOf(parts.canvas);
    await page.mouse.click(x + 70, y + 15);
    await expect.poll(() => parts.heading("Name").getAttribute("aria-sort")).toBe("ascending");
    expect((await parts.column("Name")).slice(0, 3)).toEqual(["run-0", "run-1", "run-2"]);
    await page.mouse.click(x + 70, y + 15);
    await expect.poll(() => parts.heading("Name").getAttribute("aria-sort")).toBe("descending");
    expect((await parts.column("Name")).slice(0, 3)).toEqual(["run-29", "run-28", "run-27"]);

    await parts.grid.focus();
    await page.keyboard.press("Control+Home");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("End");
    for (const direction of ["ascending", "descending"]) {
      await page.keyboard.press("Enter");
      await expect.poll(() => parts.heading("loss").getAttribute("aria-sort")).toBe(direction);
      await page.keyboard.press("Control+End");
      expect((await parts.column("Name")).at(-1)).toBe("run-29");
      await page.keyboard.press("Control+Home");
      await page.keyboard.press("ArrowUp");
      await page.keyboard.press("End");
    }
  });

  test("is filtered by text and by a column, and the curves are those of what passes", async () => {
    const { parts, page } = await open();
    await parts.search.fill("run-2");
    const passing = ["run-2", ...Array.from({ length: 10 }, (_, index) => `run-2${index}`)];
    await expect.poll(() => parts.column("Name")).toEqual(passing);
    await expect.poll(() => parts.chart("loss").getAttribute("aria-label")).toMatch(/11 lines/);
    await parts.search.fill("");
    await expect.poll(() => parts.grid.getAttribute("aria-rowcount")).toBe(String(RUNS + 1));

    await parts.grid.focus();
    await page.keyboard.press("Control+Home");
    await page.keyboard.press("End");
    await page.keyboard.press("Alt+ArrowDown");
    const menu = page.getByRole("dialog", { name: /loss/ });
    await menu.getByRole("searchbox", { name: "Filter loss" }).fill(">= 0.8");
    await page.keyboard.press("Escape");
    await expect.poll(() => parts.grid.getAttribute("aria-rowcount")).toBe("7");
    const losses = (await parts.column("loss, filtered")).map(Number);
    expect(losses.every((loss) => loss >= 0.8)).toBe(true);
    await parts.button(/^Clear the filter loss/).click();
    await expect.poll(() => parts.grid.getAttribute("aria-rowcount")).toBe(String(RUNS + 1));
  });

  test("selects runs by clicks; their curves are drawn, and zoomed into by dragging", async () => {
    const { parts, page } = await open();
    const { x, y } = await boxOf(parts.canvas);
    for (const row of [0, 2]) await page.mouse.click(x + 17, y + FIRST_ROW + row * ROW);
    await expect.poll(() => parts.selectedRows.count()).toBe(2);
    const chart = parts.chart("loss");
    const whole = "loss: 2 lines. Step from 0 to 59. Values from 0.016667 to 3.";
    await expect.poll(() => chart.getAttribute("aria-label")).toBe(whole);
    const before = await stillPictureOf(chart);

    await chart.scrollIntoViewIfNeeded();
    const box = await boxOf(chart);
    const middle = box.y + box.height / 2;
    await page.mouse.move(box.x + box.width / 4, middle);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 2, middle, { steps: 4 });
    await page.mouse.up();
    await expect.poll(() => chart.getAttribute("aria-label")).not.toBe(whole);
    expect((await stillPictureOf(chart)).equals(before)).toBe(false);
    await page.mouse.move(0, 0);
    await parts.button("Reset zoom").click();
    await expect.poll(() => chart.getAttribute("aria-label")).toBe(whole);
  });

  test("shows other columns when they are chosen, and keeps all of it over scrolling and themes", async () => {
    const { parts, page, theme } = await open();
    await parts.button("Columns").click();
    const columns = page.getByRole("dialog", { name: /columns/i });
    await columns.getByRole("checkbox", { name: "model" }).check();
    await page.keyboard.press("Escape");
    await expect.poll(() => parts.column("model")).toContain("linear");
    await parts.search.fill("run-1");
    await expect.poll(() => parts.grid.getAttribute("aria-rowcount")).toBe("12");
    const light = await stillPictureOf(parts.canvas);

    const scroll = async (by: number, until: () => Promise<boolean>) => {
      const isThere = async () => {
        await page.mouse.wheel(0, by);
        return until();
      };
      await expect.poll(isThere).toBe(true);
    };
    const far = page.locator(`.jp-Cell[data-windowed-list-index="${FAR}"]`);
    await page.locator(".jp-Cell .jp-InputPrompt").first().hover();
    await scroll(1000, () => far.isVisible());
    await far.click(); // the cell that is worked in stays drawn
    expect(await isInSight(parts.canvas)).toBe(false);
    await scroll(-1000, () => isInSight(parts.canvas));
    expect(await parts.heading("model").count()).toBe(1);
    expect(await parts.grid.getAttribute("aria-rowcount")).toBe("12");
    expect((await stillPictureOf(parts.canvas)).equals(light)).toBe(true);

    const looks = [light];
    for (const name of ["dark", "dark-high-contrast"] as const) {
      await theme(name);
      const now = await stillPictureOf(parts.canvas);
      expect(
        now.at(now.width - 40, 60).every((part) => part < 64),
        name,
      ).toBe(true);
      expect(looks.some((look) => look.equals(now))).toBe(false);
      looks.push(now);
    }
    expect(await parts.search.inputValue()).toBe("run-1");
    expect(await parts.grid.getAttribute("aria-rowcount")).toBe("12");
  });
});

/** Whether it is what is to be seen where it is: JupyterLab keeps some that isn't. */
function isInSight(target: Locator): Promise<boolean> {
  return target.evaluate((element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    return element.contains(document.elementFromPoint(left + width / 2, top + height / 2));
  });
}

async function boxOf(target: {
  boundingBox(): Promise<{ x: number; y: number; width: number; height: number } | null>;
}) {
  const box = await target.boundingBox();
  if (box === null) throw new Error("It isn't to be seen.");
  return box;
}
