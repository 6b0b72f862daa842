import { expect, test } from "vitest";
import { type JsonTree, removeAt, setAt, treeText } from "./json-tree.ts";

test("paths become a tree; dots in a key are part of it, and values stay to the letter", () => {
  const tree: JsonTree = new Map();
  setAt(tree, ["nested", "b.c", "d"], "9007199254740993");
  setAt(tree, ["nested", "e"], "NaN");
  setAt(tree, ["__proto__"], "1.0");
  expect(treeText(tree)).toBe('{"nested":{"b.c":{"d":9007199254740993},"e":NaN},"__proto__":1.0}');
});

test("a path into a value given as text changes only that member", () => {
  const tree: JsonTree = new Map([["best", '{"a": 1.0, "b": {"c": Infinity, "d": 2}}']]);
  setAt(tree, ["best", "b", "d"], "3");
  removeAt(tree, ["best", "a"]);
  expect(treeText(tree)).toBe('{"best":{"b":{"c":Infinity,"d":3}}}');
});

test("an object takes the place of what was none, and removing what isn't there does nothing", () => {
  const tree: JsonTree = new Map([["x", "1"]]);
  removeAt(tree, ["x", "y"]);
  removeAt(tree, ["z"]);
  expect(treeText(tree)).toBe('{"x":1}');
  setAt(tree, ["x", "y"], "2");
  expect(treeText(tree)).toBe('{"x":{"y":2}}');
});
