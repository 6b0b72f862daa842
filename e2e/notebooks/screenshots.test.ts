import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { NOTEBOOKS } from "../../scripts/lib/jupyter.mjs";
import { describeInChromium } from "../support/browser.ts";
import { PYTHON } from "../support/python.ts";
import { type Notebook, textOf } from "./notebook-file.ts";
import { countShown, pageProblems } from "./page-problems.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const PICTURES = here("../../.cache/screenshots");
const names = readdirSync(NOTEBOOKS)
  .filter((name) => name.endsWith(".ipynb"))
  .map((name) => name.replace(/\.ipynb$/, ""));

/** How many tables and curves the outputs of a saved notebook have. */
async function countSaved(file: string): Promise<{ tables: number; curves: number }> {
  const { cells } = JSON.parse(await readFile(file, "utf8")) as Notebook;
  const html = cells
    .flatMap(({ outputs = [] }) => outputs)
    .map((output) => ("data" in output ? textOf(output.data["text/html"] ?? "") : ""))
    .join("");
  const count = (what: RegExp) => html.match(what)?.length ?? 0;
  return { tables: count(/<table/g), curves: count(/<path [^>]*stroke="#/g) };
}

describeInChromium("in Chromium", (browser) => {
  let pages: string;

  beforeAll(async () => {
    pages = mkdtempSync(join(tmpdir(), "lazyruns-pages-"));
    mkdirSync(PICTURES, { recursive: true });
    const notebooks = names.map((name) => join(NOTEBOOKS, `${name}.ipynb`));
    const env = { ...process.env, HOME: pages, JUPYTER_CONFIG_DIR: pages, JUPYTER_DATA_DIR: pages };
    await promisify(execFile)(PYTHON, [here("export_notebooks.py"), pages, ...notebooks], { env });
  });

  afterAll(() => rmSync(pages, { recursive: true, force: true }));

  describe.each(names)("%s as nbconvert exports it", (name) => {
    test.each(["light", "dark"] as const)("reads well on a %s page, without script", async (scheme) => {
      const options = {
        javaScriptEnabled: false,
        colorScheme: scheme,
        viewport: { width: 1100, height: 800 },
      };
      const context = await browser().newContext(options);
      try {
        const page = await context.newPage();
        await page.route(/^https?:/, (route) => route.abort()); // what the page shows is in the page
        await page.goto(pathToFileURL(join(pages, `${name}.${scheme}.html`)).href);
        const picture = join(PICTURES, `${name}.${scheme}.png`);
        await page.screenshot({ path: picture, fullPage: true });
        expect(statSync(picture).size).toBeGreaterThan(10_000);
        expect(await pageProblems(page)).toEqual([]);
        expect(await countShown(page)).toEqual(await countSaved(join(NOTEBOOKS, `${name}.ipynb`)));
      } finally {
        await context.close();
      }
    });
  });
});
