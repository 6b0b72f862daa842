import { expect, test } from "vitest";
import { fakeKernel } from "../testing/fake-kernel.ts";
import { newDisplay } from "./output.ts";

test("a kernel that can't send any more ends nothing", () => {
  fakeKernel();
  const display = newDisplay({ "text/plain": "a" });
  const broadcast = () => {
    throw new Error("socket closed");
  };
  Reflect.set(globalThis, "Deno", { jupyter: { broadcast } });
  expect(() => display?.update({ "text/plain": "b" })).not.toThrow();
  expect(newDisplay({ "text/plain": "c" })).toBeDefined();
});
