import { afterEach, expect, test } from "vitest";
import { ACTIVATE, ListBox, TOGGLE } from "./list-box.ts";

const lists: HTMLElement[] = [];
afterEach(() => {
  for (const node of lists.splice(0)) node.remove();
});

function listOf(items: readonly string[], isMulti = true) {
  const activated: string[] = [];
  const list = new ListBox<string>({
    label: "Runs",
    isMulti,
    key: (item) => item,
    render: (item) => {
      const parts = [TOGGLE, "name", ACTIVATE].map(() => document.createElement("span"));
      for (const [index, name] of [TOGGLE, "name", ACTIVATE].entries()) {
        const part = parts[index] as HTMLElement;
        part.className = name;
        if (name === "name") part.textContent = item;
      }
      return parts;
    },
    onActivate: (item) => activated.push(item),
  });
  document.body.append(list.node);
  lists.push(list.node);
  list.setItems(items);
  const row = (index: number) => list.node.children[index] as HTMLElement;
  const press = (key: string, init: KeyboardEventInit = {}) => {
    const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...init });
    document.activeElement?.dispatchEvent(event);
    return event.defaultPrevented;
  };
  const click = (index: number, init: MouseEventInit = {}, part = "name") =>
    row(index)
      .querySelector(`.${part}`)
      ?.dispatchEvent(new MouseEvent("click", { bubbles: true, ...init }));
  return { list, activated, row, press, click };
}

const ABC = ["a", "b", "c", "d"];

test("one row is the tab stop, and the keys move it", () => {
  const { list, row, press } = listOf(ABC);
  const stops = () => ABC.map((_, index) => row(index).tabIndex);
  expect(stops()).toEqual([0, -1, -1, -1]);
  list.focus();
  for (const [key, index] of [
    ["ArrowDown", 1],
    ["End", 3],
    ["ArrowDown", 3],
    ["ArrowUp", 2],
    ["Home", 0],
  ] as const) {
    expect(press(key)).toBe(true);
    expect(document.activeElement).toBe(row(index));
  }
  expect(list.selection).toEqual([]);
});

test("keys select: Space, Shift with an arrow, all, none; Enter activates", () => {
  const { list, activated, press } = listOf(ABC);
  list.focus();
  press(" ");
  press("ArrowDown");
  press("ArrowDown");
  press(" ");
  expect(list.selection).toEqual(["a", "c"]);
  press("ArrowDown", { shiftKey: true });
  expect(list.selection).toEqual(["c", "d"]);
  press("a", { ctrlKey: true });
  expect(list.selection).toEqual(ABC);
  press("Escape");
  expect(list.selection).toEqual([]);
  press("Enter");
  expect(activated).toEqual(["d"]);
  expect(press("x")).toBe(false);
});

test("the mouse selects: one, a range, one more, one less", () => {
  const { list, row, activated, click } = listOf(ABC);
  click(1);
  click(3, { shiftKey: true });
  expect(list.selection).toEqual(["b", "c", "d"]);
  click(2, { ctrlKey: true });
  click(0, {}, TOGGLE);
  expect(list.selection).toEqual(["a", "b", "d"]);
  expect(row(2).getAttribute("aria-selected")).toBe("false");
  expect(row(3).getAttribute("aria-selected")).toBe("true");
  click(2);
  expect(list.selection).toEqual(["c"]);
  expect(activated).toEqual([]);
  click(0, {}, ACTIVATE);
  row(1).dispatchEvent(new MouseEvent("dblclick", { bubbles: true }));
  expect(activated).toEqual(["a", "b"]);
});

test("other items: what was selected stays so where it is still there, and so does the focus", () => {
  const { list, row, press } = listOf(ABC);
  list.focus();
  press("a", { ctrlKey: true });
  press("End");
  list.setItems(["d", "a", "x"]);
  expect(list.selection).toEqual(["d", "a"]);
  expect(document.activeElement).toBe(row(0));
  list.addItems(["a", "y"]);
  expect(list.size).toBe(4);
  expect(list.selection).toEqual(["d", "a"]);
});

test("where nothing is selected, a click activates", () => {
  const { activated, list, click, press } = listOf(ABC, false);
  click(2);
  list.focus();
  press("Enter");
  expect(activated).toEqual(["c", "c"]);
  expect(list.selection).toEqual([]);
});
