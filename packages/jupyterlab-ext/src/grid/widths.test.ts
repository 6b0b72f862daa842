import fc from "fast-check";
import { expect, test } from "vitest";
import { printable } from "./paint/printable.ts";
import { clampWidth, frozenWidths } from "./widths.ts";

test("what is frozen leaves half of the room to what is scrolled", () => {
  expect(frozenWidths([200, 100], 1000, true)).toEqual([200, 100]);
  expect(frozenWidths([200, 100], 0, true)).toEqual([200, 100]);
  const [first = 0, second = 0] = frozenWidths([200, 100], 400, true);
  expect(first + second + 34).toBeLessThanOrEqual(200);
  expect(clampWidth(-5)).toBe(48);
});

test("drawn text is one line, has no marks that turn it, and isn't endless", () => {
  expect(printable("a\r\nb\u202ec\u0000\td")).toBe("a⏎bc d");
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(printable(text)).not.toMatch(/[\p{Cc}\u2028\u202e\u2066]/u);
    }),
  );
  expect(printable("x".repeat(100_000)).length).toBeLessThanOrEqual(400);
});
