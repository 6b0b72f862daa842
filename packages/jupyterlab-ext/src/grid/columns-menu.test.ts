import { nullTranslator } from "@jupyterlab/translation";
import { expect, onTestFinished, test } from "vitest";
import type { GridColumn } from "./column.ts";
import { ColumnsMenu } from "./columns-menu.ts";
import { GridState } from "./grid-state.ts";

const LINE = 28;

function column(key: string): GridColumn {
  return { key, name: key, origin: "", kind: "number", values: [], isShown: true, canBeAlike: false };
}

/** A menu of columns whose lines lie below each other, the first two of them frozen. */
function open(keys = ["a", "b", "c", "d", "e"]) {
  const state = new GridState(({ key }) => key === "a" || key === "b");
  state.setData({ columns: keys.map(column), ids: [] });
  const menu = new ColumnsMenu(state, nullTranslator.load("lazyruns"));
  document.body.append(menu.node);
  onTestFinished(() => menu.node.remove());
  const lines = () => [...menu.node.querySelectorAll<HTMLElement>(".lr-ColumnsMenu-line")];
  const lineOf = (key: string) =>
    lines().find((line) => line.querySelector("label")?.textContent === key) as HTMLElement;
  const drag = (key: string, y: number, last = "pointerup") => {
    lines().forEach((line, at) => {
      line.getBoundingClientRect = () => new DOMRect(0, at * LINE, 300, LINE);
    });
    const handle = lineOf(key).querySelector<HTMLElement>(".lr-ColumnsMenu-handle") as HTMLElement;
    handle.setPointerCapture = () => {};
    const tell = (type: string, clientY: number) =>
      handle.dispatchEvent(new PointerEvent(type, { pointerId: 1, button: 0, clientY, cancelable: true }));
    tell("pointerdown", 0);
    tell("pointermove", y);
    const marked = lines().map(
      ({ classList }) => classList.contains("lr-mod-dropBefore") || classList.contains("lr-mod-dropBehind"),
    );
    tell(last, y);
    return marked.indexOf(true);
  };
  return { state, menu, drag, lineOf, order: () => lines().map((line) => line.textContent) };
}

test("a column is dragged before another, behind all, and nowhere", () => {
  const { state, drag, order } = open();
  expect(drag("e", 2.2 * LINE)).toBe(2);
  expect(order()).toEqual(["a", "b", "e", "c", "d"]);
  expect(state.view.columns.map(({ key }) => key)).toEqual(["a", "b", "e", "c", "d"]);
  expect(drag("e", 90 * LINE)).toBe(4);
  expect(order()).toEqual(["a", "b", "c", "d", "e"]);
  expect(drag("d", 3.2 * LINE)).toBe(-1);
  expect(drag("d", 4.2 * LINE)).toBe(-1);
  drag("e", 0, "lostpointercapture");
  expect(order()).toEqual(["a", "b", "c", "d", "e"]);
});

test("what is frozen stays before what isn't, wherever it is dragged", () => {
  const { drag, order } = open();
  drag("a", 90 * LINE);
  expect(order()).toEqual(["b", "a", "c", "d", "e"]);
  drag("e", 0);
  expect(order()).toEqual(["b", "a", "e", "c", "d"]);
});

test("among the columns that were searched for, one is put beside the others of them", () => {
  const { state, menu, drag } = open(["a", "b", "x1", "c", "x2", "d"]);
  menu.search.value = "x";
  menu.search.dispatchEvent(new Event("input"));
  drag("x1", 90 * LINE);
  expect(state.view.columns.map(({ key }) => key)).toEqual(["a", "b", "c", "x2", "x1", "d"]);
});

test("the focus isn't lost when the line that has it is made anew", () => {
  const { menu, drag, lineOf } = open();
  lineOf("c").querySelector("input")?.focus();
  drag("e", 2.2 * LINE);
  expect(document.activeElement).toBe(menu.search);
});
