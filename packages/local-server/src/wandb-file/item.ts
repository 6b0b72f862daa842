import { parse, stringify } from "@lazyruns/json";
import { ITEM, UPDATES } from "./fields.ts";
import { type JsonTree, removeAt, setAt } from "./json-tree.ts";
import type { Message } from "./message.ts";

/** Where an item's value belongs: `key` is one name, whatever dots it holds; `nested_key` is a path of names. */
export function itemPath(item: Message): string[] {
  const nested = item.texts(ITEM.nestedKey);
  return nested.length > 0 ? nested : [item.text(ITEM.key)];
}

/**
 * The value as JSON text: as the client wrote it, or from the typed fields where the client filled only those.
 *
 * @throws SyntaxError when what the client wrote is no JSON
 */
export function itemJson(item: Message): string {
  const json = item.text(ITEM.valueJson);
  if (json !== "") {
    parse(json); // a value that is kept as text would else be found to be none by whoever reads the run
    return json;
  }
  if (item.has(ITEM.boolean)) return String(item.integer(ITEM.boolean) !== 0n);
  if (item.has(ITEM.integer)) return String(item.signed(ITEM.integer));
  if (item.has(ITEM.number)) return stringify(item.double(ITEM.number));
  if (item.has(ITEM.text)) return JSON.stringify(item.text(ITEM.text));
  return item.text(ITEM.json) || "null";
}

/** Applies a config record. */
export function applyConfig(config: JsonTree, record: Message): void {
  for (const item of record.messages(UPDATES.update)) setAt(config, itemPath(item), itemJson(item));
  for (const item of record.messages(UPDATES.remove)) removeAt(config, itemPath(item));
}

/** Applies a summary record. A key set to null is one that wandb's uploader leaves out; null deeper inside stays. */
export function applySummary(summary: JsonTree, record: Message): void {
  for (const item of record.messages(UPDATES.update)) {
    const json = itemJson(item);
    if (json === "null") removeAt(summary, itemPath(item));
    else setAt(summary, itemPath(item), json);
  }
  for (const item of record.messages(UPDATES.remove)) removeAt(summary, itemPath(item));
}
