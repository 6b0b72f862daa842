import { expect, test } from "vitest";
import { howMany, NO_SELECTION, selectAll, selectOnly, selectTo, toggleRow } from "./selection.ts";

const order = ["a", "b", "c", "d", "e"];
const ids = (selection: { ids: ReadonlySet<string> }) => [...selection.ids].sort().join("");

test("ranges go from the row that was selected first, either way, and leave others", () => {
  const first = selectOnly("c");
  expect(ids(selectTo(first, "e", order))).toBe("cde");
  expect(ids(selectTo(selectTo(first, "e", order), "a", order))).toBe("abc");
  expect(ids(selectTo(toggleRow(first, "e"), "d", order))).toBe("de");
  expect(ids(selectTo(toggleRow(first, "e"), "d", order, true))).toBe("cde");
  // The row it began with is filtered out: it begins anew.
  expect(ids(selectTo(selectOnly("x"), "b", order))).toBe("b");
  expect(ids(toggleRow(first, "c"))).toBe("");
});

test("all that are shown are selected, beside what isn't", () => {
  const all = selectAll(selectOnly("x"), order);
  expect(ids(all)).toBe("abcdex");
  expect(howMany(all, order)).toBe("all");
  expect(howMany(selectOnly("a"), order)).toBe("some");
  expect(howMany(selectOnly("x"), order)).toBe("none");
  expect(howMany(NO_SELECTION, [])).toBe("none");
});
