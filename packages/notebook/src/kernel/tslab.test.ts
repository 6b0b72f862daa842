import { expect, onTestFinished, test, vi } from "vitest";
import { loadedModules } from "./modules.ts";
import { isUnknownTslab, tslabWriter } from "./tslab.ts";

/** Has this process pass for tslab, whose kernel module exports this, until the test ends. */
function fakeTslab(exports: object | undefined): void {
  const modules = loadedModules() as Record<string, unknown>;
  const file = "/opt/tslab/dist/jupyter.js";
  if (exports !== undefined) modules[file] = { exports };
  Reflect.set(globalThis, "__tslab__", {});
  onTestFinished(() => {
    delete modules[file];
    Reflect.deleteProperty(globalThis, "__tslab__");
  });
}

test.each([
  ["has no such module", undefined, true],
  ["writes by another name", { lastDisplay: () => undefined }, true],
  ["is a console", { lastWriteDisplayData: null }, false],
  ["is a kernel", { lastWriteDisplayData: () => undefined }, false],
])("a tslab that %s", (_, exports, isUnknown) => {
  fakeTslab(exports);
  expect(isUnknownTslab()).toBe(isUnknown);
  expect(tslabWriter()).toBe(
    (exports as { lastWriteDisplayData?: unknown })?.lastWriteDisplayData ?? undefined,
  );
});

test("any other program isn't tslab", () => {
  expect(isUnknownTslab()).toBe(false);
});

test("importing the package in an unknown tslab says so once", async () => {
  fakeTslab(undefined);
  Reflect.deleteProperty(globalThis, Symbol.for("lazyruns.notebook"));
  const warn = vi.spyOn(process, "emitWarning").mockImplementation(() => undefined);
  onTestFinished(() => warn.mockRestore());
  vi.resetModules();
  const { install } = await import("../install.ts");
  install();
  install();
  expect(warn).toHaveBeenCalledExactlyOnceWith(
    expect.stringContaining("tslab 1.0 is known"),
    "LazyrunsWarning",
  );
});
