import { expect, test, vi } from "vitest";
import { describeInChromium } from "../support/browser.ts";
import { openPage } from "./harness/open-page.ts";
import { watchErrors } from "./harness/page-errors.ts";
import { pictureOf, rgbOf } from "./harness/picture.ts";

const SCRIPT = new URL("./harness.page.ts", import.meta.url);

describeInChromium("a page of the tests", (browser) => {
  const open = () => openPage<typeof import("./harness.page.ts")>(browser(), SCRIPT);

  test("shows a widget in JupyterLab's themes, and tells it when another one is put on", async () => {
    const view = await open();
    expect(await view.call("show")).toBe(true);
    const canvas = view.page.locator("canvas");
    const light = await pictureOf(canvas);
    expect(light.at(10, 10)).toEqual(rgbOf("#0072b2"));
    expect(light.count("#0072b2")).toBe(100);
    expect(light.find("#0072b2")[0]).toEqual({ x: 10, y: 10 });
    expect(light.at(0, 0)).toEqual(rgbOf("#fff"));
    expect(light.colors()).toBe(2);
    await view.theme("dark");
    const dark = await pictureOf(canvas);
    expect(dark.at(0, 0).every((part) => part < 64)).toBe(true);
    expect(dark.equals(light)).toBe(false);
    await view.theme("dark-high-contrast");
    expect((await pictureOf(view.page)).at(2, 2)).toEqual(rgbOf("#111"));
    expect(await view.call("themesTold")).toEqual(["JupyterLab dark", "JupyterLab dark-high-contrast"]);
    expect(view.errors).toEqual([]);
  });

  test("keeps what a page complains of, and dialogs", async () => {
    const view = await open();
    const page = await view.page.context().newPage();
    const errors = watchErrors(page);
    await page.goto("http://lazyruns.test");
    await page.addScriptTag({ type: "module", url: "/page.js" });
    for (const what of ["console", "uncaught", "dialog"] as const)
      await page.evaluate(
        (what) =>
          (globalThis as unknown as { script: typeof import("./harness.page.ts") }).script.complain(what),
        what,
      );
    await vi.waitFor(() => expect(errors.all).toHaveLength(3));
    const said = errors.all.join("\n");
    for (const what of ["console: a complaint", "error: Error: nobody caught this", "dialog: a dialog"])
      expect(said).toContain(what);
    expect(view.errors).toEqual([]);
  });
});
