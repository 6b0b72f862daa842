import { expect, test } from "vitest";
import { describeInChromium } from "../support/browser.ts";
import { axeFaults } from "./harness/axe-faults.ts";
import { openPage } from "./harness/open-page.ts";
import { THEMES } from "./harness/themes.ts";

const SCRIPT = new URL("./run-card.page.ts", import.meta.url);

describeInChromium("the card of a run with many keys", (browser) => {
  const open = () => openPage<typeof import("./run-card.page.ts")>(browser(), SCRIPT);

  test("axe finds nothing serious in any theme", async () => {
    const view = await open();
    await view.call("show", 100);
    for (const name of THEMES) {
      await view.theme(name);
      expect(await axeFaults(view.page, [".lr-output"]), name).toEqual([]);
    }
  });

  test("scrolls by keyboard, and shows the whole of long values", async () => {
    const view = await open();
    await view.call("show", 100);
    const { page } = view;
    const config = page.getByRole("region", { name: "Config" });
    const canScroll = () => config.evaluate((node) => node.scrollHeight > node.clientHeight);
    expect(await canScroll()).toBe(false);
    await page.getByRole("button", { name: /^Show \d+ more$/ }).click();
    expect(await canScroll()).toBe(true);
    await config.focus();
    await page.keyboard.press("End");
    await expect.poll(() => config.evaluate((node) => node.scrollTop)).toBeGreaterThan(0);
    await config.focus();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    const less = config.getByRole("button", { name: "Show less" });
    await expect.poll(() => less.getAttribute("aria-expanded")).toBe("true");
    expect(await less.evaluate((node) => node === document.activeElement)).toBe(true);
    expect(await config.evaluate((node) => node.scrollWidth <= node.clientWidth)).toBe(true);
  });
});
