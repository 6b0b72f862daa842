import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, describe } from "vitest";
import { CHROMIUM_FLAGS, findChromium } from "../../scripts/lib/chromium.mjs";

/**
 * Describes tests in Chromium, one browser for all of them: skipped, with the reason in the title, where there is none.
 *
 * @param tests - is given what gives the browser once the tests run
 */
export function describeInChromium(title: string, tests: (browser: () => Browser) => void): void {
  const found = findChromium();
  const { path } = found;
  if (path === undefined) {
    describe.skip(`${title} (skipped: ${found.reason})`, () => tests(noBrowser));
    return;
  }
  describe(title, () => {
    let browser: Browser | undefined;
    beforeAll(async () => {
      browser = await chromium.launch({ executablePath: path, args: CHROMIUM_FLAGS });
    });
    afterAll(() => browser?.close());
    tests(() => browser ?? noBrowser());
  });
}

function noBrowser(): never {
  throw new Error("The browser is there while the tests run: ask for it inside a test or a hook.");
}
