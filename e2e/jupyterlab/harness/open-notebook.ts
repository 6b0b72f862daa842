/// <reference lib="dom" />
import path from "node:path";
import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core";
import { expect, onTestFinished } from "vitest";
import { ROOT } from "../../../scripts/lib/run.mjs";
import { watchErrors } from "./page-errors.ts";
import type { Jupyter } from "./start-jupyter.ts";
import { isLight, type ThemeName } from "./themes.ts";

/** How JupyterLab calls its themes. */
const THEME_NAMES: Readonly<Record<ThemeName, string>> = {
  light: "JupyterLab Light",
  dark: "JupyterLab Dark",
  "dark-high-contrast": "JupyterLab Dark High Contrast",
};
/** Starting on a busy machine. */
const OPENS_WITHIN_MS = 60_000;
/** Where there is a picture of what a test that failed had before it. */
const PICTURES = path.join(ROOT, ".cache/screenshots/failed");
let workspaces = 0;

/** A notebook that is open in a page. */
export interface NotebookPage {
  readonly page: Page;
  /** Scrolls to a cell, as far as its outputs are in sight, and gives it. @param index - counted from 0 */
  cell(index: number): Promise<Locator>;
  /** Errors and dialogs that are our doing: empty when all is well. The test fails by itself when it isn't. */
  readonly errors: readonly string[];
  /** Requests that went to another host than Jupyter's. They were refused. */
  readonly strayRequests: readonly string[];
  /** Runs a command of JupyterLab, as its menus do. */
  command(id: string, args?: Readonly<Record<string, unknown>>): Promise<void>;
  /** Begins to run all cells. */
  runAll(): Promise<void>;
  /** Chooses a theme, as the menu does, and waits until it is on. */
  theme(name: ThemeName): Promise<void>;
}

/** How a notebook is opened. */
export interface NotebookOptions extends BrowserContextOptions {
  /** Whether its kernel is started and waited for. Default: no; then the notebook must name none. */
  readonly withKernel?: boolean;
  /** Errors that the test is about. Default: none. */
  readonly expected?: RegExp;
}

/**
 * Opens a notebook in a workspace of its own. The page is closed when the test has ended.
 *
 * @param name - its file's, without `.ipynb`
 */
export async function openNotebook(
  browser: Browser,
  jupyter: Jupyter,
  name: string,
  options: NotebookOptions = {},
): Promise<NotebookPage> {
  const { withKernel = false, expected, ...rest } = options;
  const context = await browser.newContext({ viewport: { width: 1400, height: 1000 }, ...rest });
  const strayRequests: string[] = [];
  await context.route(
    (url) => url.origin !== new URL(jupyter.url).origin && /^(https?|wss?):$/.test(url.protocol),
    (route) => {
      strayRequests.push(route.request().url());
      return route.abort();
    },
  );
  const page = await context.newPage();
  const errors = watchErrors(page, (text) => isOurs(text) && !expected?.test(text));
  onTestFinished(async ({ task }) => {
    if (task.result?.state === "fail") await page.screenshot({ path: path.join(PICTURES, `${task.id}.png`) });
    await context.close();
    expect(errors.all).toEqual([]);
  });
  await page.goto(addressOf(jupyter, name), { timeout: OPENS_WITHIN_MS });
  const view: NotebookPage = {
    page,
    cell: async (index) => {
      const cell = page.locator(`.jp-Notebook .jp-Cell[data-windowed-list-index="${index}"]`);
      // Cells on the way there turn out to be higher than was thought.
      const isThere = async () => {
        await page.evaluate(scrollToCell, index);
        return cell.isVisible();
      };
      await expect.poll(isThere).toBe(true);
      return cell;
    },
    errors: errors.all,
    strayRequests,
    command: async (id, args = {}) => {
      await page.evaluate(runCommand, { id, args });
    },
    runAll: () => page.evaluate(startAllCells),
    theme: async (theme) => {
      await view.command("apputils:change-theme", { theme: THEME_NAMES[theme] });
      const on = page.locator(`body[data-jp-theme-name="${THEME_NAMES[theme]}"]`);
      await expect.poll(() => on.getAttribute("data-jp-theme-light")).toBe(String(isLight(theme)));
      await page.locator("#jupyterlab-splash").waitFor({ state: "detached" });
    },
  };
  await page.locator(".jp-Notebook .jp-Cell").first().waitFor({ timeout: OPENS_WITHIN_MS });
  if (withKernel) await idle(page, jupyter);
  else await refuseKernel(page);
  return view;
}

function addressOf({ app, url, token }: Jupyter, name: string): string {
  if (app === "notebook") return `${url}notebooks/${name}.ipynb?token=${token}`;
  return `${url}lab/workspaces/test-${workspaces++}/tree/${name}.ipynb?reset&token=${token}`;
}

/** Errors of Jupyter's own are none of ours. */
function isOurs(text: string): boolean {
  return /lazyruns/i.test(text) || text.startsWith("dialog");
}

/** The toolbar says that the kernel is idle before it is connected; the status bar doesn't. */
async function idle(page: Page, { app }: Jupyter): Promise<void> {
  const sign =
    app === "lab"
      ? page.locator("#jp-main-statusbar").getByText(/\| Idle$/)
      : page.locator('.jp-NotebookKernelStatus, .jp-Notebook-ExecutionIndicator[data-status="idle"]').first();
  await sign.waitFor({ timeout: OPENS_WITHIN_MS });
}

/** A notebook that names no kernel asks for one. */
async function refuseKernel(page: Page): Promise<void> {
  const dialog = page.getByRole("dialog").filter({ hasText: "Select Kernel" });
  await dialog.getByRole("button", { name: "No Kernel" }).click({ timeout: OPENS_WITHIN_MS });
  await dialog.waitFor({ state: "detached" });
}

/** What of JupyterLab the page is driven by: it shows its application to pages where it is told to. */
interface App {
  readonly commands: { execute(id: string, args: object): Promise<unknown> };
  readonly shell: {
    readonly currentWidget: {
      readonly content: { scrollToItem(index: number, align: string): Promise<void> };
    };
  };
}

/** Runs in the page. */
async function runCommand({ id, args }: { id: string; args: object }): Promise<void> {
  const { jupyterapp } = globalThis as unknown as { jupyterapp: App };
  await jupyterapp.commands.execute(id, args);
}

/** Runs in the page. The command would be waited for until the last cell has run. */
function startAllCells(): void {
  const { jupyterapp } = globalThis as unknown as { jupyterapp: App };
  void jupyterapp.commands.execute("notebook:run-all-cells", {});
}

/** Runs in the page. */
async function scrollToCell(index: number): Promise<void> {
  const { jupyterapp } = globalThis as unknown as { jupyterapp: App };
  await jupyterapp.shell.currentWidget.content.scrollToItem(index, "start");
}
