import { expect, test } from "vitest";
import type { Cell } from "../data/runs-data.ts";
import { choicesOf } from "./choices.ts";
import type { ColumnKind, GridColumn } from "./column.ts";
import { withShown, withWidth } from "./columns-state.ts";
import { type GridChange, GridState } from "./grid-state.ts";
import { selectOnly } from "./selection.ts";
import type { GridData } from "./view.ts";

function column(name: string, kind: ColumnKind, values: readonly Cell[]): GridColumn {
  return { key: name, name, origin: "", kind, values, isShown: true, canBeAlike: name !== "name" };
}

function data(count = 5): GridData {
  const rows = Array.from({ length: count }, (_, row) => row);
  return {
    ids: rows.map((row) => `r${row}`),
    columns: [
      column(
        "name",
        "text",
        rows.map((row) => `run ${row}`),
      ),
      column(
        "loss",
        "number",
        rows.map((row) => (row === 2 ? null : 10 - row)),
      ),
      column(
        "model",
        "text",
        rows.map(() => "mlp"),
      ),
      column(
        "tags",
        "tags",
        rows.map((row) => (row % 2 ? ["odd"] : [[{ a: row }]])),
      ),
    ],
  };
}

function stateOf(shown = data()) {
  const state = new GridState((other) => other.key === "name");
  state.setData(shown);
  const changes: GridChange[] = [];
  state.changed.connect((_, change) => changes.push(change));
  return { state, changes };
}

const keys = (state: GridState) => state.view.columns.map((other) => other.key);

test("rows are sorted, filtered, searched and pinned", () => {
  const { state } = stateOf();
  state.update({ sorts: [{ key: "loss", descending: false }] });
  expect(state.order).toEqual(["r4", "r3", "r1", "r0", "r2"]);
  state.update({ pinned: new Set(["r2", "r0"]) });
  expect(state.order).toEqual(["r0", "r2", "r4", "r3", "r1"]);
  expect(state.view.numPinned).toBe(2);
  state.update({ filters: new Map([["loss", { text: ">= 7" }]]) });
  expect(state.order).toEqual(["r0", "r3", "r1"]);
  state.update({ search: "RUN 3" });
  expect(state.order).toEqual(["r3"]);
  state.update({ search: "", filters: new Map([["tags", { chosen: new Set(["odd"]) }]]) });
  expect(state.order).toEqual(["r3", "r1"]);
});

test("a filter that isn't understood is told of, and does nothing", () => {
  const { state } = stateOf();
  state.update({
    filters: new Map([
      ["loss", { text: "> abc" }],
      ["gone", { text: "x" }],
    ]),
  });
  expect(state.view.problems.get("loss")).toEqual({ part: "abc", expected: "number" });
  expect(state.order).toHaveLength(5);
});

test("the search looks at the columns that are shown alone", () => {
  const { state } = stateOf();
  state.update({ search: "mlp" });
  expect(state.order).toHaveLength(5);
  state.update({ columns: withShown(state.look.columns, "model", false) });
  expect(state.order).toHaveLength(0);
});

test("numbers are searched for as they are shown", () => {
  const numbers = column("loss", "number", [0.123456789]);
  const { state } = stateOf({ ids: ["r0"], columns: [numbers] });
  state.update({ search: "56789" });
  expect(state.order).toHaveLength(0);
  state.numberFormat = "full";
  expect(state.order).toHaveLength(1);
});

test("what all shown rows have in common is left out, and comes back", () => {
  const { state } = stateOf();
  state.update({ isDiffering: true });
  expect(keys(state)).toEqual(["name", "loss", "tags"]);
  expect(state.view.numAlike).toBe(1);
  state.update({ filters: new Map([["loss", { text: "none" }]]) });
  expect(keys(state)).toEqual(["name"]);
});

test("the same data change nothing; other data keep sorting, selection and where the keys are", () => {
  const { state, changes } = stateOf();
  state.update({ sorts: [{ key: "loss", descending: true }] });
  state.select(selectOnly("r3"));
  state.activate({ row: 2, column: 1 });
  const active = state.order[2];
  changes.length = 0;
  state.setData(data());
  expect(changes).toEqual([]);
  const before = state.data.columns[2];
  state.setData(data(9));
  expect(changes).toEqual(["view"]);
  expect(state.selected).toEqual(["r3"]);
  expect(state.order[state.active.row]).toBe(active);
  expect(keys(state)[state.active.column]).toBe("loss");
  expect(state.data.columns[2]).not.toBe(before);
  state.setData({
    ...data(9),
    columns: [...data(9).columns.slice(0, 2), column("new", "number", Array(9).fill(1))],
  });
  expect(keys(state)).toEqual(["name", "loss", "new"]);
  state.setData({ ids: [], columns: [] });
  expect(state.active.row).toBe(-1);
});

test("values that are as before are taken from before", () => {
  const { state } = stateOf();
  const [, loss, model] = state.data.columns;
  const next = data();
  state.setData({
    ...next,
    columns: next.columns.map((old) =>
      old.key === "loss" ? column("loss", "number", [1, 2, 3, 4, 5]) : old,
    ),
  });
  expect(state.data.columns[1]).not.toBe(loss);
  expect(state.data.columns[2]).toBe(model);
});

test("a column's width is no matter of rows", () => {
  const { state, changes } = stateOf();
  const { view } = state;
  state.update({ columns: withWidth(state.look.columns, "loss", 99) });
  expect(changes).toEqual(["widths"]);
  expect(state.view).toBe(view);
});

test("few values can be chosen from, numbers and many can't", () => {
  const [name, loss, , tags] = data(40).columns as [GridColumn, GridColumn, GridColumn, GridColumn];
  expect(choicesOf(name)).toBeUndefined();
  expect(choicesOf(loss)).toBeUndefined();
  expect(choicesOf(column("bool", "boolean", [true, null, true]))).toEqual([
    { text: "true", count: 2 },
    { text: "", count: 1 },
  ]);
  expect(choicesOf(tags)?.[0]).toEqual({ text: "odd", count: 20 });
});
