import path from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { loadedModules } from "../modules.ts";
import { patchPolars } from "./polars.ts";

// A cell's value: its text says of which copy the frame is that is shown.
vi.mock("../shower.ts", () => ({
  display: () => undefined,
  lastText: (value: () => object) => `${value()}`,
}));
vi.mock("../output.ts", () => ({ kernel: () => "tslab" }));

/** Has a copy of polars be loaded until the test ends; gives its native frames' class. */
function fakePolars(folder: string) {
  class JsDataFrame {}
  const modules = loadedModules() as Record<string, unknown>;
  const files = {
    [path.join(folder, "nodejs-polars/bin/native-polars.js")]: { JsDataFrame },
    [path.join(folder, "nodejs-polars/bin/dataframe.js")]: { _DataFrame: () => `a frame of ${folder}` },
  };
  for (const [file, exports] of Object.entries(files)) modules[file] = { exports };
  onTestFinished(() => {
    for (const file of Object.keys(files)) delete modules[file];
  });
  return JsDataFrame;
}

test("of two copies of polars each makes its own frames", () => {
  const [First, Second] = [fakePolars("/a"), fakePolars("/b")];
  patchPolars();
  expect(String(new First())).toBe("a frame of /a");
  expect(String(new Second())).toBe("a frame of /b");
});
