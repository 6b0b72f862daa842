import type { Page } from "playwright-core";

/** What went wrong in a page, in order. */
export interface PageErrors {
  /** All so far: empty when all is well. */
  readonly all: readonly string[];
}

/**
 * Keeps what a page says that it shouldn't: errors of its console, errors that nobody caught, and dialogs, which only a
 * script that came in with data would open.
 *
 * @param counts - whether one of them, as text, is kept. Default: all are
 */
export function watchErrors(page: Page, counts: (text: string) => boolean = () => true): PageErrors {
  const all: string[] = [];
  const keep = (text: string) => {
    if (counts(text)) all.push(text);
  };
  page.on("console", (message) => {
    if (message.type() !== "error") return;
    const { url, lineNumber } = message.location();
    keep(`console: ${message.text()} (${url}:${lineNumber})`);
  });
  page.on("pageerror", (error) => keep(`error: ${error.stack || String(error)}`));
  page.on("dialog", async (dialog) => {
    keep(`dialog: ${dialog.message()}`);
    await dialog.dismiss();
  });
  return { all };
}
