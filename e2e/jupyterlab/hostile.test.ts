/// <reference lib="dom" />
import type { Locator } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeInChromium } from "../support/browser.ts";
import { BROKEN, HOSTILE_NAMES, SCRIPT } from "./fixtures/hostile-outputs.ts";
import { bundleOf, runsOutput } from "./fixtures/runs-output.ts";
import { notebookOf } from "./harness/notebook-of.ts";
import { openNotebook } from "./harness/open-notebook.ts";
import { partsOf } from "./harness/runs-output-parts.ts";
import { type Jupyter, startJupyter } from "./harness/start-jupyter.ts";

/** Scrolling, sorting twice and searching, each of 50,000 rows, on a busy machine. */
const SOON_MS = 10_000;
const NEWER = { ...runsOutput({ runs: 2 }), version: 2, columns: { other: "than today" } };
const HTML = `<table><tr><td>what the HTML says</td></tr></table>${SCRIPT}`;

describeInChromium("outputs that are not as they should be", (browser) => {
  let jupyter: Jupyter;

  beforeAll(async () => {
    const named = runsOutput({
      runs: HOSTILE_NAMES.length,
      steps: 5,
      name: (index) => HOSTILE_NAMES[index] ?? "",
    });
    const columns = HOSTILE_NAMES.map((name) => ({ ...named.columns[5], name, shown: true }));
    const notebooks = {
      broken: notebookOf(
        Object.values(BROKEN).map((output) => ({ outputs: [bundleOf(output as object)] })),
        null,
      ),
      names: notebookOf(
        [{ outputs: [bundleOf({ ...named, project: SCRIPT, columns: [...named.columns, ...columns] })] }],
        null,
      ),
      newer: notebookOf(
        [{ outputs: [bundleOf(NEWER, HTML)] }, { outputs: [bundleOf(runsOutput({ runs: 0 }))] }],
        null,
      ),
      many: notebookOf([{ outputs: [bundleOf(runsOutput({ runs: 50_000 }))] }], null),
    };
    jupyter = await startJupyter({ notebooks, untrusted: Object.keys(notebooks) });
  });

  afterAll(() => jupyter?.stop());

  test("one of a newer version is shown by its HTML, with a line that says why, and its script doesn't run", async () => {
    const { page, cell } = await openNotebook(browser(), jupyter, "newer");
    const output = (await cell(0)).locator(".lr-output");
    await expect.poll(() => output.textContent()).toMatch(/newer/i);
    expect(await output.locator("td").textContent()).toBe("what the HTML says");
    expect(await ranScript(output)).toBe(false);
    const empty = (await cell(1)).locator(".lr-output");
    await expect.poll(() => empty.textContent()).toMatch(/no runs|0 runs/i);
    await page.close();
  });

  test("broken ones say what is broken, and are never blank", async () => {
    const { cell } = await openNotebook(browser(), jupyter, "broken");
    const blank: string[] = [];
    for (const [index, what] of Object.keys(BROKEN).entries()) {
      const output = (await cell(index)).locator(".jp-OutputArea-output").first();
      await expect.poll(async () => (await output.textContent())?.trim(), { message: what }).not.toBe("");
      if (((await output.boundingBox())?.height ?? 0) < 10) blank.push(what);
    }
    expect(blank).toEqual([]);
  });

  test("names are text, whatever is in them", async () => {
    const { cell } = await openNotebook(browser(), jupyter, "names");
    const output = (await cell(0)).locator(".lr-output");
    await output.locator("canvas").first().waitFor();
    expect(await ranScript(output)).toBe(false);
    const names = await partsOf(output).column("Name");
    expect(names).toHaveLength(HOSTILE_NAMES.length);
    expect(names).toContain("__proto__");
    expect(names).toContain(SCRIPT);
    expect(await output.locator("img[src=x], svg[onload], a[href^=javascript]").count()).toBe(0);
  });

  test("50,000 runs are there within seconds, and scroll", async () => {
    const { page, cell } = await openNotebook(browser(), jupyter, "many");
    const output = (await cell(0)).locator(".lr-output");
    await output.locator("canvas").first().waitFor();
    const parts = partsOf(output);
    await parts.grid.focus();
    const began = performance.now();
    await page.keyboard.press("Control+End");
    await expect.poll(async () => (await parts.column("Name")).at(-1)).toBe("run-49999");
    for (const key of ["Control+Home", "ArrowUp", "Enter", "Enter"]) await page.keyboard.press(key);
    await expect.poll(() => parts.heading("Name").getAttribute("aria-sort")).toBe("descending");
    await parts.search.fill("run-12345");
    await expect.poll(() => parts.column("Name")).toEqual(["run-12345"]);
    expect(performance.now() - began).toBeLessThan(SOON_MS);
  });
});

/** Whether a script that came in with the data has run, on waiting for what it would load. */
async function ranScript(output: Locator): Promise<boolean> {
  return output.evaluate(async () => {
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    return "ran" in globalThis;
  });
}
