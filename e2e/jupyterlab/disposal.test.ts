import { expect, test } from "vitest";
import { describeInChromium } from "../support/browser.ts";
import { runsOutput } from "./fixtures/runs-output.ts";
import { openPage } from "./harness/open-page.ts";

const SCRIPT = new URL("./disposal.page.ts", import.meta.url);
const TIMES = 20;

describeInChromium("views of runs that are gone", (browser) => {
  test.each([true, false])(
    "leave no listener and no node behind (told that they are detached: %s)",
    async (isTold) => {
      const { page, call, drawn } = await openPage<typeof import("./disposal.page.ts")>(browser(), SCRIPT);
      const json = runsOutput({ runs: 8, steps: 40 });
      const devtools = await page.context().newCDPSession(page);
      await devtools.send("Performance.enable");
      /** What is there when all that nothing holds is gone. */
      const held = async () => {
        await devtools.send("HeapProfiler.collectGarbage");
        const { metrics } = await devtools.send("Performance.getMetrics");
        const of = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? 0;
        return { nodes: of("Nodes"), listeners: of("JSEventListeners") };
      };
      const show = async () => {
        await call("show", json);
        await page.locator(".u-over").first().hover();
        await page.getByRole("button", { name: /^Columns/ }).click();
        await page.keyboard.press("Escape");
        await page.getByRole("grid").focus();
        await page.keyboard.press("ArrowDown");
        await page.keyboard.press(" ");
        await page.getByRole("button", { name: /^Metrics/ }).click();
        await drawn();
      };
      const take = async () => {
        await call("dispose", isTold);
        await drawn();
      };
      // What is made once, as it is first needed, stays.
      for (let time = 0; time < 3; time++) await show().then(take);
      const before = await held();
      await show();
      const shown = await held();
      await take();
      for (let time = 1; time < TIMES; time++) await show().then(take);
      const after = await held();
      // The browser may keep what it had the focus or the pointer on last, which holds one view.
      expect(shown.nodes - before.nodes).toBeGreaterThan(200);
      expect(after.nodes - before.nodes).toBeLessThan(2 * (shown.nodes - before.nodes));
      expect(after.listeners - before.listeners).toBeLessThan(2 * (shown.listeners - before.listeners));
    },
  );
});
