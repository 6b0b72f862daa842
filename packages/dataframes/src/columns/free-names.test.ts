import fc from "fast-check";
import { expect, test } from "vitest";
import { freeNames } from "./free-names.ts";

const none = () => true;

test("names that can stay do, and the others get _ behind them until they are free", () => {
  const canStay = (name: string) => name !== "shape" && name !== "shape__";
  expect(freeNames(["shape", "loss", "shape_"], canStay)).toEqual(["shape___", "loss", "shape_"]);
});

test("names that UTF-8 can't hold are told apart", () => {
  expect(freeNames(["\ud800", "\udfff", "a\ud800b", "\ufffd"], none)).toEqual([
    "\ufffd_",
    "\ufffd__",
    "a\ufffdb",
    "\ufffd",
  ]);
});

test("no two names are the same, all can stay, and each begins as it was", () => {
  const unit = fc.constantFrom("a", "_", "\ud800", "\udc00", "\ufffd", "é");
  const name = fc.string({ unit, maxLength: 4 });
  const names = fc.uniqueArray(name).chain((names) => fc.tuple(fc.constant(names), fc.subarray(names)));
  fc.assert(
    fc.property(names, ([names, reserved]) => {
      const canStay = (name: string) => !reserved.includes(name);
      const free = freeNames(names, canStay);
      expect(new Set(free).size).toBe(names.length);
      for (const [index, name] of names.entries()) {
        expect(canStay(free[index] as string)).toBe(true);
        expect(free[index]?.startsWith(Buffer.from(name).toString())).toBe(true);
      }
    }),
  );
});
