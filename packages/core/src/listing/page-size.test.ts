import { expect, test } from "vitest";
import { PageSize } from "./page-size.ts";

test("is halved from what was asked for, and grows again slowly", () => {
  const size = new PageSize();
  size.halve(1000);
  size.halve(500);
  size.halve(1000); // one that was under way with the first
  expect(size.most).toBe(250);
  const good = (count: number) => {
    for (let page = 0; page < count; page++) size.succeeded();
    return size.most;
  };
  expect([good(15), good(1), good(16), good(100)]).toEqual([250, 500, 1000, 1000]);
});
