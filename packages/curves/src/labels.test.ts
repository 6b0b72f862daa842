import { expect, test } from "vitest";
import { distinctLabels } from "./labels.ts";

test("runs of one name are told apart by their ids, whatever they are called", () => {
  const names = [
    ["a", "same"],
    ["b", "same"],
    ["c", "__proto__"],
    ["d", ""],
  ] as const;
  expect([...distinctLabels(names)]).toEqual([
    ["a", "same (a)"],
    ["b", "same (b)"],
    ["c", "__proto__"],
    ["d", ""],
  ]);
});
