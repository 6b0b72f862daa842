import fc from "fast-check";
import { expect, test } from "vitest";
import type { GridColumn } from "./column.ts";
import {
  NO_COLUMNS,
  ordered,
  withColumns,
  withFrozen,
  withMoved,
  withShown,
  withStep,
  withWidth,
} from "./columns-state.ts";

function columns(...keys: string[]): GridColumn[] {
  return keys.map((key) => ({
    key,
    name: key,
    origin: "",
    kind: "text",
    values: [],
    isShown: !key.startsWith("hidden"),
    canBeAlike: true,
  }));
}

const none = () => false;

test("a new column comes behind the one it follows, and what was set stays", () => {
  const first = columns("a", "b", "hidden");
  let state = withColumns(NO_COLUMNS, first, (column) => column.key === "b");
  expect(ordered(state, first).map(({ key }) => key)).toEqual(["b", "a", "hidden"]);
  expect([...state.shown]).toEqual(["a", "b"]);
  state = withWidth(withShown(withMoved(state, "a", undefined), "hidden", true), "a", 77);
  const next = columns("new", "a", "b", "c", "hidden");
  state = withColumns(state, next, none);
  expect(state.order).toEqual(["new", "b", "c", "hidden", "a"]);
  expect([...state.shown].sort()).toEqual(["a", "b", "c", "hidden", "new"]);
  expect(state.widths.get("a")).toBe(77);
  expect(withWidth(state, "a", undefined).widths.has("a")).toBe(false);
  expect(ordered(withFrozen(state, "b", false), columns("a", "b")).map(({ key }) => key)).toEqual(["b", "a"]);
  expect(withColumns(state, next, none)).toBe(state);
});

test("moving loses no column, and steps swap neighbours", () => {
  const keys = ["a", "b", "c", "d"];
  const key = fc.constantFrom(...keys);
  const state = withColumns(NO_COLUMNS, columns(...keys), none);
  fc.assert(
    fc.property(key, fc.option(key, { nil: undefined }), (moved, before) => {
      const { order } = withMoved(state, moved, before);
      expect([...order].sort()).toEqual(keys);
      if (before !== undefined && before !== moved) expect(order[order.indexOf(before) - 1]).toBe(moved);
    }),
  );
  expect(withStep(state, "b", keys, -1).order).toEqual(["b", "a", "c", "d"]);
  expect(withStep(state, "b", keys, 1).order).toEqual(["a", "c", "b", "d"]);
  expect(withStep(state, "a", keys, -1)).toBe(state);
  // Over those that aren't shown.
  expect(withStep(state, "d", ["a", "d"], -1).order).toEqual(["d", "a", "b", "c"]);
});
