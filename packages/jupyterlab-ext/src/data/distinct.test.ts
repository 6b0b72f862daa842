import fc from "fast-check";
import { expect, test } from "vitest";
import { distinct } from "./distinct.ts";

const numbered = (key: string, n: number) => `${key}#${n}`;

test("of keys that are alike the first stays, and the others get numbers that are free", () => {
  expect(distinct(["x", "y", "x", "x#2", "x"], numbered)).toEqual(["x", "y", "x#3", "x#2", "x#4"]);
});

test("whatever the keys are, there are as many, all different, and those that were so are as they were", () => {
  const key = fc.oneof(
    fc.constantFrom("a", "a#2", "a#3", "a#2#2", "", "__proto__"),
    fc.string({ maxLength: 2 }),
  );
  fc.assert(
    fc.property(fc.array(key), (keys) => {
      const made = distinct(keys, numbered);
      expect(new Set(made).size).toBe(keys.length);
      keys.forEach((wanted, at) => {
        if (keys.indexOf(wanted) === at) expect(made[at]).toBe(wanted);
        else expect(made[at]?.startsWith(`${wanted}#`)).toBe(true);
      });
    }),
  );
});
