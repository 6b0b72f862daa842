import { expect, test } from "vitest";
import { counted, listed, sized } from "./counted.ts";

test("counts, sizes and lists as people read them", () => {
  expect([counted(1, "run"), counted(1234567, "row"), counted(0, "run")]).toEqual([
    "1 run",
    "1,234,567 rows",
    "0 runs",
  ]);
  expect([sized(12), sized(1234), sized(5.55e6), sized(2e9)]).toEqual(["12 B", "1.2 kB", "5.5 MB", "2.0 GB"]);
  expect(listed(["a", "b\u001b"])).toBe("a, b\\x1b");
  expect(listed(Array.from({ length: 12 }, (_, index) => String(index)))).toMatch(/9 and 2 more$/);
});
