import { afterAll, beforeAll, expect, test } from "vitest";
import { describeInChromium } from "../support/browser.ts";
import { bundleOf, runsOutput } from "./fixtures/runs-output.ts";
import { notebookOf } from "./harness/notebook-of.ts";
import { type NotebookPage, openNotebook } from "./harness/open-notebook.ts";
import { partsOf } from "./harness/runs-output-parts.ts";
import { type Jupyter, startJupyter } from "./harness/start-jupyter.ts";

const RUNS = 30;
const FAR = 40;

describeInChromium("an output of runs in JupyterLab", (browser) => {
  let jupyter: Jupyter;

  beforeAll(async () => {
    const cells = [
      { outputs: [bundleOf(runsOutput({ runs: RUNS, steps: 60 }))] },
      ...Array.from({ length: FAR }, (_, index) => ({ source: `// cell ${index}\n\n\n` })),
    ];
    jupyter = await startJupyter({ notebooks: { saved: notebookOf(cells, null) } });
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
});

async function boxOf(target: {
  boundingBox(): Promise<{ x: number; y: number; width: number; height: number } | null>;
}) {
  const box = await target.boundingBox();
  if (box === null) throw new Error("It isn't to be seen.");
  return box;
}
