/// <reference lib="dom" />
import { readFile } from "node:fs/promises";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { expect, onTestFinished } from "vitest";
import { bundlePage, FILES } from "./bundle-page.ts";
import type { THEME_CHANGED } from "./mount.ts";
import { watchErrors } from "./page-errors.ts";
import { isLight, type ThemeName, themeFile } from "./themes.ts";

/** Where pages seem to be: nothing is asked there. */
const ORIGIN = "http://lazyruns.test";
const CHANGED: typeof THEME_CHANGED = "lazyruns-theme-changed";
const bundles = new Map<string, Promise<ReadonlyMap<string, string>>>();

/** What a page script exports that tests call. */
type Script = Record<string, unknown>;
type Called<What> = What extends (...args: infer Args) => infer Result ? [Args, Awaited<Result>] : never;

/** A page with widgets of the extension. */
export interface WidgetPage<Of extends Script> {
  readonly page: Page;
  /** Calls what the page's script exports. Arguments and result must be what can be copied. */
  call<Name extends keyof Of & string>(
    name: Name,
    ...args: Called<Of[Name]>[0]
  ): Promise<Called<Of[Name]>[1]>;
  /** Puts a theme on, tells the widgets, and waits until that is drawn. */
  theme(name: ThemeName): Promise<void>;
  /** Waits until what was changed is drawn. */
  drawn(): Promise<void>;
  /** Errors of the console, errors that nobody caught, and dialogs: empty when all is well. */
  readonly errors: readonly string[];
}

/** How a page is opened. */
export interface PageOptions extends BrowserContextOptions {
  /** Default: `"light"`. */
  readonly theme?: ThemeName;
}

/**
 * Bundles a script of the page and opens it, with the extension's style sheets and JupyterLab's. Nothing is asked of the
 * network. The page is closed when the test has ended; the test fails when the page has had errors.
 *
 * @param script - its TypeScript: `new URL("./curves.page.ts", import.meta.url)`
 * @example
 * const view = await openPage<typeof import("./curves.page.ts")>(browser(), new URL("./curves.page.ts", import.meta.url));
 * await view.call("show", 10);
 * expect((await pictureOf(view.page.locator("canvas").first())).count("#0072b2")).toBeGreaterThan(100);
 */
export async function openPage<Of extends Script>(
  browser: Browser,
  script: URL,
  options: PageOptions = {},
): Promise<WidgetPage<Of>> {
  const { theme = "light", ...rest } = options;
  const modules = await bundled(script);
  const context = await browser.newContext({ viewport: { width: 1000, height: 700 }, ...rest });
  const page = await context.newPage();
  const errors = watchErrors(page);
  onTestFinished(async () => {
    await context.close();
    expect(errors.all).toEqual([]);
  });
  await context.route("**", async (route) => {
    const url = new URL(route.request().url());
    const answer = url.origin === ORIGIN ? await answerTo(url.pathname, modules) : undefined;
    await (answer === undefined ? route.abort() : route.fulfill(answer));
  });
  await page.goto(ORIGIN);
  const view: WidgetPage<Of> = {
    page,
    errors: errors.all,
    call: (name, ...args) =>
      page.evaluate(
        ([name, args]) => {
          const { script } = globalThis as unknown as {
            script: Record<string, (...args: unknown[]) => unknown>;
          };
          if (typeof script[name] !== "function")
            throw new TypeError(`The page's script exports no function ${name}`);
          return script[name](...args) as never;
        },
        [name, args] as const,
      ),
    theme: async (name) => {
      await page.evaluate(putThemeOn, {
        href: FILES + themeFile(name),
        name,
        isLight: isLight(name),
        CHANGED,
      });
      await view.drawn();
    },
    drawn: () =>
      page.evaluate(
        () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve()))),
      ),
  };
  await view.theme(theme);
  await page.addScriptTag({ type: "module", url: "/page.js" });
  if (!(await page.evaluate(() => "script" in globalThis)))
    throw new Error(`The page's script failed:\n${errors.all.join("\n")}`);
  await view.drawn();
  return view;
}

function bundled(script: URL) {
  const made = bundles.get(script.href) ?? bundlePage(script);
  bundles.set(script.href, made);
  return made;
}

const PAGE = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>A page of the tests</title><link rel="icon" href="data:,"></head>
<body style="margin: 8px; background: var(--jp-layout-color0); overflow: auto"></body></html>`;

async function answerTo(pathname: string, modules: ReadonlyMap<string, string>) {
  if (pathname === "/") return { contentType: "text/html", body: PAGE };
  const code = modules.get(pathname.slice(1));
  if (code !== undefined) return { contentType: "text/javascript", body: code };
  if (!pathname.startsWith(`${FILES}/`)) return undefined;
  const file = decodeURIComponent(pathname.slice(FILES.length));
  const body = await readFile(file).catch(() => undefined);
  return body && { contentType: contentTypeOf(file), body };
}

function contentTypeOf(file: string): string {
  if (file.endsWith(".css")) return "text/css";
  return file.endsWith(".svg") ? "image/svg+xml" : "application/octet-stream";
}

/**
 * Runs in the page. As JupyterLab does it: one style sheet, and what the body says of the theme; when widgets have been told,
 * all is hidden for a frame.
 */
function putThemeOn(on: { href: string; name: string; isLight: boolean; CHANGED: string }): Promise<void> {
  document.body.dataset.jpThemeName = `JupyterLab ${on.name}`;
  document.body.dataset.jpThemeLight = String(on.isLight);
  document.body.dataset.jpThemeScrollbars = String(!on.isLight);
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.dataset.theme = on.name;
  link.href = on.href;
  return new Promise((resolve, reject) => {
    link.onerror = () => reject(new Error(`There is no style sheet at ${on.href}`));
    link.onload = () => {
      for (const other of document.querySelectorAll("link[data-theme]")) if (other !== link) other.remove();
      document.dispatchEvent(new CustomEvent(on.CHANGED));
      document.body.style.display = "none";
      requestAnimationFrame(() => {
        document.body.style.display = "";
        resolve();
      });
    };
    document.head.append(link);
  });
}
