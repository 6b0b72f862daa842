import fc from "fast-check";
import { expect, test } from "vitest";
import { escapedJson, jsonText } from "./json-text.ts";
import { safeText } from "./people/safe-text.ts";

test("what a terminal would act on is escaped, and comes back", () => {
  const text = fc.string({ unit: "binary" });
  const odd = fc.constantFrom(
    "\u009b31m",
    "\u202e",
    "\u2066",
    "\u00ad",
    "\u{e0041}",
    "\u{1d173}",
    "\ud800",
    "\u200d",
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(text, odd)), (parts) => {
      const value = { name: parts.join("") };
      const json = jsonText(value);
      expect(safeText(json)).toBe(json);
      expect(JSON.parse(json)).toEqual(value);
    }),
  );
});

test("lines stay lines", () => {
  expect(escapedJson(JSON.stringify({ a: "\u009b" }, null, 2))).toBe('{\n  "a": "\\u009b"\n}');
});
