import { members } from "@lazyruns/json";

/** A JSON object being put together: members are objects of the same kind, or JSON text that is kept to the letter. */
export type JsonTree = Map<string, JsonTree | string>;

/** Sets the value at a path of keys, making objects on the way. What was no object there is replaced. */
export function setAt(tree: JsonTree, path: readonly string[], json: string): void {
  const last = path.at(-1);
  if (last === undefined) return;
  let node = tree;
  for (const key of path.slice(0, -1)) {
    const child = objectAt(node, key) ?? new Map();
    node.set(key, child);
    node = child;
  }
  node.set(last, json);
}

/** Removes the value at a path of keys, if it is there. */
export function removeAt(tree: JsonTree, path: readonly string[]): void {
  const last = path.at(-1);
  if (last === undefined) return;
  let node: JsonTree | undefined = tree;
  for (const key of path.slice(0, -1)) {
    const child: JsonTree | undefined = node && objectAt(node, key);
    if (node && child) node.set(key, child);
    node = child;
  }
  node?.delete(last);
}

/** The tree as JSON text. */
export function treeText(tree: JsonTree): string {
  const parts: string[] = [];
  for (const [key, value] of tree) {
    parts.push(`${JSON.stringify(key)}:${typeof value === "string" ? value : treeText(value)}`);
  }
  return `{${parts.join(",")}}`;
}

function objectAt(tree: JsonTree, key: string): JsonTree | undefined {
  const value = tree.get(key);
  if (typeof value !== "string") return value;
  return value.trimStart().startsWith("{") ? new Map(members(value)) : undefined;
}
