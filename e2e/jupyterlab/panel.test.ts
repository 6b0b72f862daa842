/// <reference lib="dom" />
import { startServer } from "@lazyruns/local-server";
import axe from "axe-core";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { DEMO_KEY } from "../../scripts/lib/demo-server.mjs";
import { writeRuns } from "../reading/write-runs.ts";
import { describeInChromium } from "../support/browser.ts";
import { post } from "../support/post.ts";
import { temporaryFolder } from "../support/server.ts";
import { notebookOf } from "./harness/notebook-of.ts";
import { openNotebook } from "./harness/open-notebook.ts";
import { type Jupyter, startJupyter } from "./harness/start-jupyter.ts";
import { THEMES } from "./harness/themes.ts";

const EMPTY = notebookOf([{ source: "" }]);
const WITHOUT_KERNEL = notebookOf([{ source: "// first" }, { source: "// last" }], null);
/** The machine may be busy. */
const PATIENT = { timeout: 30_000 };
const HOSTILE = [
  "<img src=x onerror=alert(1)>",
  "\u202eflesruoy",
  "x".repeat(10_000),
  '"); process.exit(1); ("',
];

/** Opens the panel, as the palette does. */
async function openPanel(view: { page: Page; command(id: string): Promise<void> }): Promise<Locator> {
  await view.command("lazyruns:open-panel");
  const panel = view.page.locator("#lazyruns-runs-panel");
  await panel.waitFor();
  return panel;
}

/** Not those of the choices, which have the same role. */
const options = (panel: Locator) => panel.locator("[role=option]");
/** The names that are shown, once there are this many. */
async function namesOf(panel: Locator, count: number): Promise<string[]> {
  await expect.poll(() => options(panel).count(), PATIENT).toBe(count);
  return panel.locator(".lr-panel-name").allTextContents();
}
const openProject = (panel: Locator, name: string) =>
  options(panel)
    .filter({ has: panel.page().getByText(name, { exact: true }) })
    .click();
const note = (panel: Locator) => panel.locator(".lr-panel-counts .lr-panel-note");
/** The code of a notebook's cells. */
const codeOf = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll(".jp-Notebook .jp-CodeCell")].map((cell) =>
      [...cell.querySelectorAll(".cm-line")].map((line) => line.textContent).join("\n"),
    ),
  );

/** The names of the runs in the first output that has runs, as the notebook would be saved. */
const namesShown = (page: Page) =>
  page.evaluate(() => {
    type Output = { data?: Record<string, { columns?: { name: string; values: string[] }[] }> };
    type App = { shell: { widgets(area: string): Iterable<{ content: { model: { toJSON(): object } } }> } };
    const [panel] = (globalThis as unknown as { jupyterapp: App }).jupyterapp.shell.widgets("main");
    const { cells } = (panel?.content.model.toJSON() ?? { cells: [] }) as { cells: { outputs?: Output[] }[] };
    const [runs] = cells.flatMap(({ outputs = [] }) =>
      outputs.flatMap(({ data }) => data?.["application/vnd.lazyruns.runs.v1+json"] ?? []),
    );
    return runs?.columns?.find(({ name }) => name === "name")?.values;
  });

/** What axe finds that keeps people out. */
async function seriousFaults(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: typeof import("axe-core") };
    const { violations } = await axe.run("#lazyruns-runs-panel");
    return violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
  });
}

describeInChromium("the side panel", (browser) => {
  let jupyter: Jupyter;

  beforeAll(async () => {
    jupyter = await startJupyter({ notebooks: { live: EMPTY, still: WITHOUT_KERNEL } });
    await writeRuns(jupyter.server.url, "local/many", { runs: 120, steps: 1 });
    for (const [index, displayName] of HOSTILE.entries()) {
      const query = `mutation Upsert($name: String, $displayName: String) {
        upsertBucket(input: { entityName: "local", modelName: "odd", name: $name, displayName: $displayName }) { bucket { id } }
      }`;
      const variables = { name: `odd-${index}`, displayName };
      await post(`${jupyter.server.url}/graphql`, { query, variables });
    }
  });

  afterAll(() => jupyter?.stop());

  test("lists, filters, sorts and selects runs, and puts a cell into a live notebook that reads them", async () => {
    const view = await openNotebook(browser(), jupyter, "live", { withKernel: true });
    const { page } = view;
    const answers: Promise<string>[] = [];
    page.on("response", (response) => answers.push(response.text().catch(() => "")));
    const panel = await openPanel(view);
    expect((await namesOf(panel, 3)).sort()).toEqual(["digits", "many", "odd"]);
    await panel.getByRole("searchbox").fill("DIG");
    expect(await namesOf(panel, 1)).toEqual(["digits"]);
    await openProject(panel, "digits");
    await namesOf(panel, 24);
    expect(await note(panel).textContent()).toBe("24 runs");

    await panel.getByRole("searchbox").fill("MLP-adam");
    const adam = await namesOf(panel, 8);
    expect(adam.every((name) => name.startsWith("mlp-adam"))).toBe(true);
    await panel.getByRole("searchbox").fill("");
    await namesOf(panel, 24);
    await panel.getByRole("button", { name: "Filter by state" }).click();
    await panel.getByRole("checkbox", { name: "Failed" }).check();
    await panel.getByRole("checkbox", { name: "Crashed" }).check();
    expect((await namesOf(panel, 2)).sort()).toEqual(["logreg-sgd-lr0.1-failed", "mlp-sgd-lr0.02-killed"]);
    await panel.getByRole("checkbox", { name: "Failed" }).uncheck();
    await panel.getByRole("checkbox", { name: "Crashed" }).uncheck();
    await namesOf(panel, 24);
    const sort = panel.getByRole("combobox", { name: "Sort by" });
    await sort.selectOption("Name, A to Z");
    await expect.poll(async () => (await namesOf(panel, 24))[0], PATIENT).toBe("logreg-adam-lr0.01");
    await sort.selectOption("Metric, highest first");
    await panel.getByRole("textbox", { name: /to sort by/ }).fill("val/accuracy.max");
    await page.keyboard.press("Enter");
    await expect.poll(async () => (await namesOf(panel, 24))[0], PATIENT).toBe("mlp-adam-lr0.003-wide");

    const [first, second] = await namesOf(panel, 24);
    await options(panel).nth(0).click();
    await options(panel)
      .nth(1)
      .click({ modifiers: ["Shift"] });
    expect(await note(panel).textContent()).toBe("2 of 24 selected");
    await panel.getByRole("button", { name: "Insert 2 runs" }).click();
    await expect.poll(() => codeOf(page), PATIENT).toHaveLength(2);
    const [, code] = await codeOf(page);
    expect(code).toMatch(/^import \* as lazyruns from "@lazyruns\/notebook";\n/);
    expect(code).toContain('order: "-summary_metrics.val/accuracy.max"');
    await page.locator(".jp-Notebook .jp-CodeCell:nth-child(2) .cm-content:focus").waitFor();
    expect(await page.locator(".jp-OutputArea-output").count()).toBe(0); // nothing is run by itself

    await page.keyboard.press("Shift+Enter");
    await expect.poll(() => namesShown(page), PATIENT).toEqual([first, second]);

    // The next one uses what that one has made.
    await options(panel).nth(5).dblclick();
    await expect
      .poll(async () => (await codeOf(page)).at(-1))
      .toMatch(/^const run = await api\.run\("local\/digits\/\w+"\);/);

    const texts = [...(await Promise.all(answers)), await page.content()];
    expect(texts.some((text) => text.includes("mlp-adam-lr0.003-wide"))).toBe(true);
    expect(texts.filter((text) => text.includes(DEMO_KEY))).toEqual([]);
  });

  test("shows a long list as it is scrolled through, and odd names as text", async () => {
    const view = await openNotebook(browser(), jupyter, "still");
    const panel = await openPanel(view);
    await openProject(panel, "many");
    await namesOf(panel, 50);
    expect(await note(panel).textContent()).toBe("120 runs");
    // Without scrolling to it, which asks for more by itself.
    await panel.getByRole("button", { name: "Show more" }).dispatchEvent("click");
    await namesOf(panel, 100);
    await options(panel).last().scrollIntoViewIfNeeded();
    expect(new Set(await namesOf(panel, 120)).size).toBe(120);
    await panel.getByRole("button", { name: "Show more" }).waitFor({ state: "hidden" });
    await panel.getByRole("button", { name: "Back to the projects" }).click();
    await openProject(panel, "odd");
    expect((await namesOf(panel, 4)).sort()).toEqual([...HOSTILE].sort());
    expect(await panel.locator("img").count()).toBe(0);
    const box = await panel.boundingBox();
    for (const row of await options(panel).all())
      expect((await row.boundingBox())?.width).toBeLessThanOrEqual(box?.width ?? 0);
  });

  test("works by the keyboard alone, and axe finds nothing serious in any theme", async () => {
    const view = await openNotebook(browser(), jupyter, "still");
    const { page } = view;
    const panel = await openPanel(view);
    await namesOf(panel, 3);
    expect(await seriousFaults(page)).toEqual([]);
    await panel.getByRole("searchbox").focus();
    await page.keyboard.type("digits");
    await namesOf(panel, 1);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await namesOf(panel, 24);
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute("role")), PATIENT)
      .toBe("option");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Space");
    await page.keyboard.press("Shift+ArrowDown");
    expect(await panel.locator('[role=option][aria-selected="true"]').count()).toBe(2);
    await panel.getByRole("button", { name: "Filter by state" }).click();
    for (const theme of THEMES) {
      await view.theme(theme);
      expect(await seriousFaults(page)).toEqual([]);
    }
    await panel.locator('[role=option][tabindex="0"]').focus();
    await page.keyboard.press("Enter");
    // Below the active cell, which is the first one.
    await expect
      .poll(() => codeOf(page), PATIENT)
      .toEqual(["// first", expect.stringContaining("$in"), "// last"]);
  });

  test("keeps its place when the page is loaded anew, and copies code where no notebook is open", async () => {
    const permissions = ["clipboard-read", "clipboard-write"];
    const view = await openNotebook(browser(), jupyter, "still", { permissions });
    const { page } = view;
    const panel = await openPanel(view);
    const isKept = page.waitForRequest(
      (request) => request.method() === "PUT" && (request.postData() ?? "").includes('"project":"digits"'),
    );
    await openProject(panel, "digits");
    await (await isKept).response();
    await view.command("docmanager:save");
    await page.reload();
    await namesOf(panel, 24);
    const dialog = page.getByRole("dialog").filter({ hasText: "Select Kernel" });
    await dialog.getByRole("button", { name: "No Kernel" }).click();
    await view.command("application:close-all");
    await panel.getByText("No notebook is open: open one, or copy the code.").waitFor();
    expect(await panel.getByRole("button", { name: /^Insert/ }).isDisabled()).toBe(true);
    await options(panel).first().click();
    await panel.getByRole("button", { name: "Copy code" }).click();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toMatch(/^import \* as lazyruns[\s\S]+api\.run\("local\/digits\/\w+"\)/);
  });

  test("says that the W&B server is gone, and lists again once it is back", async () => {
    const view = await openNotebook(browser(), jupyter, "still", { expected: / 502 / });
    const panel = await openPanel(view);
    await namesOf(panel, 3);
    const port = Number(new URL(jupyter.server.url).port);
    await jupyter.server.close();
    await panel.getByRole("button", { name: "Refresh" }).click();
    const alert = panel.getByRole("alert");
    await alert.waitFor();
    expect(await alert.textContent()).toContain(jupyter.server.url);
    expect(await seriousFaults(view.page)).toEqual([]);
    const again = await startServer({ dataDir: temporaryFolder(), port });
    onTestFinished(() => again.close());
    await writeRuns(again.url, "local/back", { runs: 1, steps: 1 });
    await alert.getByRole("button", { name: "Try again" }).click();
    expect(await namesOf(panel, 1)).toEqual(["back"]);
  });
});

describeInChromium("the side panel of a Jupyter server without a key", (browser) => {
  let jupyter: Jupyter;

  beforeAll(async () => {
    jupyter = await startJupyter({ notebooks: { still: WITHOUT_KERNEL }, env: { WANDB_API_KEY: undefined } });
  });

  afterAll(() => jupyter?.stop());

  test("says how to give it one, and tries again", async () => {
    const view = await openNotebook(browser(), jupyter, "still");
    const panel = await openPanel(view);
    const alert = panel.getByRole("alert");
    await alert.waitFor();
    expect(await alert.textContent()).toMatch(/WANDB_API_KEY/);
    expect(await alert.textContent()).toMatch(/wandb login/);
    const asked = view.page.waitForResponse(/lazyruns\/api\/status/);
    await alert.getByRole("button", { name: "Try again" }).click();
    expect((await asked).status()).toBe(200);
    await alert.waitFor();
    expect(await seriousFaults(view.page)).toEqual([]);
  });
});
