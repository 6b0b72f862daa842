import type { WireItem, WireUpdate } from "./records.ts";

/** Values by key, each the JSON text that stands there, or a tree of its own. */
export type ValueTree = Map<string, string | ValueTree>;

/** Puts a value at its place: at its key, or at its path of keys. */
export function setItem(tree: ValueTree, item: WireItem): void {
  const [last, ...above] = [...pathOf(item)].reverse();
  if (last === undefined) return;
  let at = tree;
  for (const key of above.reverse()) {
    let next = at.get(key);
    if (!(next instanceof Map)) {
      next = new Map();
      at.set(key, next);
    }
    at = next;
  }
  at.set(last, jsonText(item));
}

/** Carries out updates and removals. */
export function applyUpdate(tree: ValueTree, { update = [], remove = [] }: WireUpdate): void {
  for (const item of update) setItem(tree, item);
  for (const item of remove) {
    const path = pathOf(item);
    let at: ValueTree | undefined = tree;
    for (const key of path.slice(0, -1)) {
      const next: string | ValueTree | undefined = at?.get(key);
      at = next instanceof Map ? next : undefined;
    }
    at?.delete(path.at(-1) ?? "");
  }
}

/** The tree as JSON text. */
export function treeText(tree: ValueTree): string {
  const parts = [...tree].map(([key, value]) => `${JSON.stringify(key)}:${valueText(value)}`);
  return `{${parts.join(",")}}`;
}

/** A value as JSON text. */
export function valueText(value: string | ValueTree): string {
  return value instanceof Map ? treeText(value) : value;
}

function pathOf({ key, nestedKey }: WireItem): readonly string[] {
  return nestedKey?.length ? nestedKey : key === undefined ? [] : [key];
}

function jsonText({ valueJson, boolean, integer, number, text, json }: WireItem): string {
  if (valueJson !== undefined && valueJson !== "") return valueJson;
  if (json !== undefined) return json;
  if (text !== undefined) return JSON.stringify(text);
  if (integer !== undefined) return integer;
  if (number !== undefined) return String(number);
  return boolean === undefined ? "null" : String(boolean);
}
