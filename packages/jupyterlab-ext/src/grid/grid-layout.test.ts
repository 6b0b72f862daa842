import { expect, test } from "vitest";
import type { Cell } from "../data/runs-data.ts";
import type { GridColumn } from "./column.ts";
import { withWidth } from "./columns-state.ts";
import { GridLayout } from "./grid-layout.ts";
import { GridState } from "./grid-state.ts";
import { readTheme } from "./theme.ts";

function column(key: string, values: readonly Cell[]): GridColumn {
  return { key, name: key, origin: "", kind: "text", values, isShown: true, canBeAlike: false };
}

/** A grid of two columns, and how wide they are with other values in a room. */
function grid() {
  const state = new GridState(() => false);
  const layout = new GridLayout(undefined, false);
  const theme = readTheme(document.body);
  return {
    state,
    widths: (one: string, two: string, room: number) => {
      state.setData({ ids: ["r"], columns: [column("one", [one]), column("two", [two])] });
      return layout.sizes(state, theme, room, 10).body.slice(0, 2);
    },
  };
}

const SHORT = "x".repeat(10);
const LONG = "x".repeat(20);

test("columns grow with what comes, and never shrink", () => {
  const { widths } = grid();
  const [before = 0] = widths(SHORT, SHORT, 1000);
  const [after = 0] = widths(LONG, SHORT, 1000);
  expect(after).toBeGreaterThan(before + 50);
  expect(widths(SHORT, SHORT, 1000)).toEqual([after, before]);
});

test("columns grow within the room there is, and later when there is more", () => {
  const { widths } = grid();
  const [before = 0] = widths(SHORT, SHORT, 1000);
  const room = 2 * before + 30;
  expect(widths(LONG, LONG, room)).toEqual([before + 30, before]);
  const [one = 0, two = 0] = widths(LONG, LONG, 1000);
  expect(one).toBe(two);
  expect(one).toBeGreaterThan(before + 50);
});

test("where columns are scrolled sideways anyhow they grow as they need to", () => {
  const { widths } = grid();
  const [before = 0] = widths(SHORT, SHORT, 100);
  const [one = 0, two = 0] = widths(LONG, LONG, 100);
  expect(one).toBe(two);
  expect(one).toBeGreaterThan(before + 50);
});

test("a width that someone gave stays", () => {
  const { state, widths } = grid();
  widths(SHORT, SHORT, 1000);
  state.update({ columns: withWidth(state.look.columns, "one", 60) });
  expect(widths(LONG, SHORT, 1000)[0]).toBe(60);
});
