import { afterAll, beforeAll, expect, test } from "vitest";
import { describeInChromium } from "../support/browser.ts";
import { demoNotebook } from "./harness/notebook-of.ts";
import { openNotebook } from "./harness/open-notebook.ts";
import { type Jupyter, startJupyter } from "./harness/start-jupyter.ts";

describeInChromium("a saved notebook", (browser) => {
  let jupyter: Jupyter;

  beforeAll(async () => {
    jupyter = await startJupyter({ notebooks: { saved: demoNotebook("01-first-look") } });
  });

  afterAll(() => jupyter?.stop());

  test("is drawn without a kernel", async () => {
    const { page, strayRequests, theme } = await openNotebook(browser(), jupyter, "saved");
    await page.screenshot({ path: "/tmp/e2e-saved.png" });
    await theme("dark");
    await page.screenshot({ path: "/tmp/e2e-saved-dark.png" });
    expect(strayRequests).toEqual([]);
  });
});
