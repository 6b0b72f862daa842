import { expect, test, vi } from "vitest";
import { loadUPlot } from "./load-uplot.ts";

test("uPlot is loaded once; after a failure the next call tries anew", async () => {
  vi.doMock("uplot", () => {
    throw new Error("offline");
  });
  await expect(loadUPlot()).rejects.toThrow();
  vi.doMock("uplot", () => ({ default: "uPlot" }));
  await expect(loadUPlot()).resolves.toBe("uPlot");
  expect(loadUPlot()).toBe(loadUPlot());
  vi.doUnmock("uplot");
});
