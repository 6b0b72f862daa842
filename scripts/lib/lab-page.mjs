// A page with a notebook in JupyterLab, for pictures of it.

/** @import { Browser, Locator, Page } from "playwright-core" */

/** Starting on a busy machine. */
const WITHIN_MS = 60_000;

/**
 * @typedef {object} LabPage
 * @property {Page} page
 * @property {(id: string, args?: object) => Promise<void>} command - runs a command of JupyterLab
 * @property {(index: number) => Promise<Locator>} cell - scrolls to a cell of the notebook, and gives it
 */

/**
 * Opens a notebook, with its kernel idle and what stands beside it closed.
 *
 * @param {Browser} browser
 * @param {string} lab - the address of JupyterLab, as `startLabServer` gives it
 * @param {{ name: string, theme: string, width: number, height: number }} options - `name` of the notebook's file, `theme` as
 *   JupyterLab calls it; `width` and `height` of the window
 * @returns {Promise<LabPage>}
 */
export async function openLabPage(browser, lab, { name, theme, width, height }) {
  // More pixels than the page has: pictures are looked at on fine screens, too.
  const context = await browser.newContext({ viewport: { width, height }, deviceScaleFactor: 1.5 });
  context.setDefaultTimeout(WITHIN_MS);
  const page = await context.newPage();
  const url = new URL(lab);
  url.pathname = `/lab/workspaces/pictures-${theme.replaceAll(/\W/g, "-")}-${width}/tree/${name}`;
  url.searchParams.set("reset", "");
  await page.goto(url.href);
  const command = async (/** @type {string} */ id, args = {}) => {
    await page.evaluate(runCommand, { id, args });
  };
  await page
    .locator("#jp-main-statusbar")
    .getByText(/\| Idle$/)
    .waitFor();
  await command("apputils:change-theme", { theme });
  await page.locator(`body[data-jp-theme-name="${theme}"]`).waitFor({ state: "attached" });
  await page.locator("#jupyterlab-splash").waitFor({ state: "detached" });
  await command("filebrowser:toggle-main");
  return {
    page,
    command,
    cell: async (index) => {
      await page.evaluate(scrollToCell, index);
      const cell = page.locator(`.jp-Notebook .jp-Cell[data-windowed-list-index="${index}"]`);
      await cell.waitFor();
      return cell;
    },
  };
}

/** Runs in the page. */
async function runCommand(/** @type {{ id: string, args: object }} */ { id, args }) {
  const { jupyterapp } = /** @type {any} */ (globalThis);
  await jupyterapp.commands.execute(id, args);
}

/** Runs in the page. */
async function scrollToCell(/** @type {number} */ index) {
  const { jupyterapp } = /** @type {any} */ (globalThis);
  await jupyterapp.shell.currentWidget.content.scrollToItem(index, "start");
}
