import type { Page } from "playwright-core";

/** What went wrong in a page, in order. */
export interface PageErrors {
  /** All so far: empty when all is well. */
  readonly all: readonly string[];
}

/**
 * Keeps what a page says that it shouldn't: errors of its console, errors that nobody caught, and dialogs, which only a
 * script that came in with data would open.
 */
export function watchErrors(page: Page): PageErrors {
  const all: string[] = [];
  page.on("console", (message) => {
    if (message.type() !== "error") return;
    const { url, lineNumber } = message.location();
    all.push(`console: ${message.text()} (${url}:${lineNumber})`);
  });
  page.on("pageerror", (error) => all.push(`error: ${error.stack || String(error)}`));
  page.on("dialog", async (dialog) => {
    all.push(`dialog: ${dialog.message()}`);
    await dialog.dismiss();
  });
  return { all };
}
