import fc from "fast-check";
import { expect, test } from "vitest";
import { printable } from "./paint/printable.ts";
import { clampWidth, frozenWidths } from "./widths.ts";

test("what is frozen leaves most of the room to what is scrolled, and a name some of it", () => {
  expect(frozenWidths([200, 100], 1000, true)).toEqual([200, 100]);
  expect(frozenWidths([200, 100], 0, true)).toEqual([200, 100]);
  const [first = 0, second = 0] = frozenWidths([200, 100], 400, true);
  expect(first + second + 34).toBeLessThanOrEqual(180);
  expect(frozenWidths([220], 371, true)).toEqual([132]);
  expect(frozenWidths([220], 250, true)).toEqual([96]);
  expect(frozenWidths([220], 120, true)).toEqual([38]);
  expect(clampWidth(-5)).toBe(48);
});

/** What turns text, ends lines or can't be seen, between what is plain. */
const HARD = [..."a\r\n\t\0\x1b\x7f\x85\u2028\u2029\u200e\u200f\u202a\u202e\u2066\u2069é漢😀", "\ud800"];

test("drawn text is one line, has no marks that turn it, and isn't endless", () => {
  expect(printable("a\r\nb\u202ec\u0000\td")).toBe("a⏎bc d");
  expect(printable("é漢😀")).toBe("é漢😀");
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(...HARD), maxLength: 12 }),
      (text) => !/[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/u.test(printable(text)),
    ),
  );
  expect(printable("x".repeat(100_000)).length).toBeLessThanOrEqual(400);
});
