import { expect, test } from "vitest";
import { printable, textWidth } from "./printable.ts";
import { sparkText } from "./spark.ts";
import { textTable } from "./text-table.ts";

test("what a terminal would obey is written out", () => {
  expect(printable("a\u001b[31mb\n\t\u202ec\u0085")).toBe("a\\x1b[31mb\\n\\t\\u202ec\\x85");
  expect(printable("größe 漢字 👩‍🔬")).toBe("größe 漢字 👩‍🔬");
});

test("columns line up whatever they hold", () => {
  const { lines } = textTable([
    { name: "name", cells: ["漢字", "e\u0301té", "👩‍🔬"] },
    { name: "n", cells: ["1", "22", "333"], right: true },
  ]);
  expect(lines).toEqual(["name    n", "────  ───", "漢字    1", "e\u0301té    22", "👩‍🔬    333"]);
  expect(lines.slice(2).map(textWidth)).toEqual([9, 9, 9]);
});

test("columns without room are named", () => {
  const columns = ["a", "b", "c", "d"].map((name) => ({ name, cells: ["x".repeat(50)] }));
  expect(textTable(columns).leftOut).toEqual(["c", "d"]);
});

test("a curve in text", () => {
  expect(sparkText([0, 1, 2, 3, 4, 5, 6, 7])).toBe("▁▂▃▄▅▆▇█");
  expect(sparkText([5, 5])).toBe("▄▄");
  expect(sparkText([1, Number.NaN, 2])).toBe("▁ █");
  expect(sparkText([])).toBe("");
  expect(sparkText(Array.from({ length: 1000 }, (_, at) => -at))).toHaveLength(24);
});
