// npm run screenshots: the pictures of the extension's README, of the demo's notebooks in JupyterLab.

import { cpSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { CHROMIUM_FLAGS, findChromium } from "./lib/chromium.mjs";
import { checkDemoRuns, withDemoServer } from "./lib/demo-server.mjs";
import { jupyterEnv, NOTEBOOKS, REQUIREMENTS } from "./lib/jupyter.mjs";
import { openLabPage } from "./lib/lab-page.mjs";
import { startLabServer } from "./lib/lab-server.mjs";
import { checkNode } from "./lib/node-version.mjs";
import { installPackages, turbo } from "./lib/pnpm.mjs";
import { ensurePython } from "./lib/python.mjs";
import { ROOT, runMain, Trouble } from "./lib/run.mjs";
import { withScratch } from "./lib/scratch.mjs";

/** @import { Locator, Page } from "playwright-core" */

// Only the end-to-end tests depend on these.
const fromTests = createRequire(path.join(ROOT, "e2e/package.json"));

const PICTURES = path.join(ROOT, "packages/jupyterlab-ext/screenshots");
const NOTEBOOK = "01-first-look.ipynb";
/** The cell of it that shows runs with their curves. */
const WITH_CURVES = 11;
const THEMES = { light: "JupyterLab Light", dark: "JupyterLab Dark" };
const MOST_BYTES = 230_000;

await runMain(async () => {
  checkNode();
  checkDemoRuns();
  const { path: executablePath, reason } = { reason: "", ...findChromium() };
  if (executablePath === undefined) throw new Trouble(`The pictures need a browser: ${reason}.`);
  await installPackages();
  await turbo("build");
  const python = await ensurePython([REQUIREMENTS]);
  mkdirSync(PICTURES, { recursive: true });
  await withDemoServer((server) =>
    withScratch("lazyruns-pictures-", async (scratch) => {
      const folder = copyOfNotebooks(scratch);
      const env = jupyterEnv({ python, url: server.url, state: scratch, scratch });
      const args = ["--LabApp.expose_app_in_browser=True"];
      const lab = startLabServer({ python, env, scratch, folder, args });
      const { chromium } = fromTests("playwright-core");
      const browser = await chromium.launch({ executablePath, args: CHROMIUM_FLAGS });
      try {
        const address = await lab.ready;
        await runsPicture(browser, address, "light");
        await runsPicture(browser, address, "dark");
        await panelPicture(browser, address);
      } finally {
        await browser.close();
        await lab.stop();
      }
    }),
  );
});

/** A folder with the notebooks, which their kernels find their packages from: what is done to them isn't kept. */
function copyOfNotebooks(/** @type {string} */ scratch) {
  const folder = path.join(scratch, "notebooks");
  mkdirSync(folder);
  cpSync(path.join(NOTEBOOKS, NOTEBOOK), path.join(folder, NOTEBOOK));
  symlinkSync(path.join(NOTEBOOKS, "node_modules"), path.join(folder, "node_modules"), "junction");
  return folder;
}

/**
 * Runs and their curves: sorted, some selected, smoothed.
 *
 * @param {import("playwright-core").Browser} browser
 * @param {string} lab
 * @param {"light" | "dark"} theme
 */
async function runsPicture(browser, lab, theme) {
  const size = { width: 1400, height: 1400 };
  const view = await openLabPage(browser, lab, { name: NOTEBOOK, theme: THEMES[theme], ...size });
  const { page } = view;
  const cell = await view.cell(WITH_CURVES);
  const output = cell.locator(".lr-output");
  await output.getByRole("application").first().locator("canvas").first().waitFor();
  const grid = output.getByRole("grid");
  await grid.focus();
  for (const key of ["Control+Home", "Space", "ArrowDown", "Space", "ArrowDown", "ArrowDown", "Space"])
    await page.keyboard.press(key);
  await output.getByRole("slider", { name: "Smoothing" }).fill("0.6");
  await page.mouse.move(0, 0);
  await output.getByRole("slider", { name: "Smoothing" }).blur();
  await save(cell, `runs-${theme}.png`);
  await page.context().close();
}

/**
 * The side panel, and beside it the cell that it has put into a notebook.
 *
 * @param {import("playwright-core").Browser} browser
 * @param {string} lab
 */
async function panelPicture(browser, lab) {
  const size = { width: 1180, height: 720 };
  const view = await openLabPage(browser, lab, { name: NOTEBOOK, theme: THEMES.light, ...size });
  const { page } = view;
  await (await view.cell(1)).click();
  await view.command("notebook:run-cell"); // what is inserted uses what it has
  await view.command("lazyruns:open-panel");
  const panel = page.locator("#lazyruns-runs-panel");
  const choices = panel.getByRole("option");
  await choices.filter({ hasText: "digits" }).click();
  for (const name of ["mlp-adam-lr0.003-wide", "mlp-sgd-lr0.05", "mlp-adam-lr0.03"])
    await choices
      .filter({ has: page.getByText(name, { exact: true }) })
      .locator("[title=Select]")
      .click();
  await panel.getByRole("button", { name: /^Insert 3 runs/ }).click();
  await view.command("notebook:run-cell");
  const inserted = await view.cell(2);
  await inserted.getByRole("grid").waitFor();
  await page.mouse.move(0, 0);
  await save(page, "side-panel.png");
  await page.context().close();
}

/** Takes a picture, and packs it tighter than the browser does: without loss. */
async function save(/** @type {Locator | Page} */ what, /** @type {string} */ name) {
  const file = path.join(PICTURES, name);
  const taken = await what.screenshot({ animations: "disabled", caret: "hide" });
  const { decode, encode } = fromTests("fast-png");
  const bytes = encode(decode(taken), { zlib: { level: 9 } });
  writeFileSync(file, bytes);
  console.log(`${path.relative(ROOT, file)}: ${Math.round(bytes.length / 1000)} kB`);
  if (bytes.length > MOST_BYTES)
    throw new Trouble(`${file} has ${bytes.length} bytes: more than the ${MOST_BYTES} a picture may have.`);
}
