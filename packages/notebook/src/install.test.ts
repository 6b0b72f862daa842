import { createRequire } from "node:module";
import { inspect } from "node:util";
import { expect, test } from "vitest";
import { fakeKernel } from "./testing/fake-kernel.ts";
import { runsServer } from "./testing/runs-server.ts";

const DISPLAY: unique symbol = Symbol.for("Jupyter.display") as never;
const RUNS = "application/vnd.lazyruns.runs.v1+json";
const require = createRequire(import.meta.url);

test("outside a kernel values print as core's own text, and frames are left alone", async () => {
  await import("./index.ts");
  const api = await runsServer([{ id: "a" }]);
  expect(inspect(api.runs("team/digits"))).toBe("Runs team/digits (not fetched yet)");
  expect(inspect([await api.runs("team/digits").at(0)])).toBe('[ Run a "a" (finished; not loaded) ]');
  const polars = require("nodejs-polars") as typeof import("nodejs-polars");
  const frame = polars.DataFrame({ a: [1] });
  const own = Reflect.get(frame, DISPLAY).call(frame);
  expect(Object.keys(own)).toEqual(["application/vnd.dataresource+json", "text/html"]);
});

test("in a kernel a value is a whole bundle, and a collection waits for its first page alone", async () => {
  await import("./index.ts");
  const asked: object[] = [];
  const runs = Array.from({ length: 60 }, (_, index) => ({ id: `r${index}` }));
  const api = await runsServer(runs, ({ variables }) => void asked.push(variables));
  fakeKernel();
  const collection = api.runs("team/digits");
  const bundle = await Reflect.get(collection, DISPLAY).call(collection);
  expect(Object.keys(bundle).sort()).toEqual([RUNS, "text/html", "text/plain"]);
  expect(bundle[RUNS]).toMatchObject({ loaded: 50, total: 60 });
  expect(asked).toHaveLength(1);
  const run = await collection.at(0);
  expect(Reflect.get(run as object, DISPLAY).call(run)[RUNS]).toMatchObject({ of: "run", ids: ["r0"] });
});

test("a first page that can't be had is a line of the output", async () => {
  await import("./index.ts");
  const api = await runsServer([], () => 403);
  fakeKernel();
  const collection = api.runs("team/digits");
  const bundle = await Reflect.get(collection, DISPLAY).call(collection);
  expect(Object.keys(bundle).sort()).toEqual(["text/html", "text/plain"]);
  expect(bundle["text/plain"]).toContain("The runs could not be loaded. PermissionError:");
  expect(bundle["text/html"]).toContain("The runs could not be loaded. PermissionError:");
  expect(bundle["text/plain"] + bundle["text/html"]).not.toContain("Nothing is loaded yet");
});
