import { elements } from "@lazyruns/json";
import { rowMembers } from "./row-members.ts";

/**
 * A row with its keys in order, at any depth: the client writes them as they come, and tables want one order (polars
 * makes a struct of an object, and the same keys in another order are another struct to it).
 */
export function sortedRow(line: string): string {
  const row = rowMembers(line);
  const sorted = [...row.keys()].sort();
  return `{${sorted.map((key) => `${JSON.stringify(key)}:${sortedKeys(row.get(key) as string)}`).join(",")}}`;
}

/** A value with the keys of its objects in order. */
export function sortedKeys(raw: string): string {
  if (isObject(raw)) return sortedRow(raw);
  return raw.startsWith("[") && raw.includes("{") ? `[${elements(raw).map(sortedKeys).join(",")}]` : raw;
}

/** A longer key is looked up as a whole only: trying where its path may part takes time with the square of its dots. */
const LONGEST_PATH = 1024;

/** The text at a key, which may be a dotted path into nested objects; a key that holds the dots itself wins. */
export function rawAt(row: ReadonlyMap<string, string>, key: string): string | undefined {
  const whole = row.get(key);
  if (whole !== undefined || key.length > LONGEST_PATH) return whole;
  for (let dot = key.lastIndexOf("."); dot > 0; dot = key.lastIndexOf(".", dot - 1)) {
    const raw = row.get(key.slice(0, dot));
    if (raw === undefined || !isObject(raw)) continue;
    const found = rawAt(rowMembers(raw), key.slice(dot + 1));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The row's step; `undefined` when it has none. */
export function stepOf(row: ReadonlyMap<string, string>): number | undefined {
  const step = Number(row.get("_step") ?? Number.NaN);
  return Number.isFinite(step) ? step : undefined;
}

/** The step of a line. */
export function stepOfLine(line: string): number | undefined {
  return stepOf(rowMembers(line));
}

/** The same value as strict JSON: NaN and the infinities become the text of their names, at any depth. */
export function strictJson(raw: string): string {
  if (!/NaN|Infinity/.test(raw)) return raw;
  switch (raw[0]) {
    case '"':
      return raw;
    case "{":
      return `{${[...rowMembers(raw)]
        .map(([key, value]) => `${JSON.stringify(key)}:${strictJson(value)}`)
        .join(",")}}`;
    case "[":
      return `[${elements(raw).map(strictJson).join(",")}]`;
    default:
      return `"${raw}"`;
  }
}

/** Whether the text of a value is an object's. */
export function isObject(raw: string): boolean {
  return raw.startsWith("{");
}
