import { expect, test } from "vitest";
import { likePattern } from "./like-pattern.ts";

test.each([
  ["%.json", "a/b.json", true],
  ["%.json", "a.jsonl", false],
  ["%.json", "ajson", false],
  ["media/%", "media/images/a\nb.png", true],
  ["a_c", "abc", true],
  ["a_c", "a😀c", true],
  ["a_c", "abbc", false],
  ["a\\_c", "a_c", true],
  ["a\\_c", "abc", false],
  ["100\\%", "100%", true],
  ["100\\%", "1000", false],
  ["a\\\\b", "a\\b", true],
  ["(a)[b]{1}^$|?*+/.", "(a)[b]{1}^$|?*+/.", true],
  ["%%", "", true],
  ["", "a", false],
  ["ends\\", "ends\\", true],
])("%s against %s: %s", (pattern, name, fits) => {
  expect(likePattern(pattern).test(name)).toBe(fits);
});
