import axe from "axe-core";
import type { Page } from "playwright-core";

/**
 * What axe (https://github.com/dequelabs/axe-core) finds in parts of a page that keeps people out: faults that it calls serious
 * or critical, each with where it is.
 *
 * @param parts - selectors
 */
export async function axeFaults(page: Page, parts: readonly string[]): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(
    async (parts) => {
      const { axe } = globalThis as unknown as { axe: typeof import("axe-core") };
      const { violations } = await axe.run({ include: parts.map((part) => [part]) });
      return violations
        .filter(({ impact }) => impact === "serious" || impact === "critical")
        .flatMap(({ id, nodes }) =>
          nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary ?? ""}`),
        );
    },
    [...parts],
  );
}
