import type { OutputType } from "@lazyruns/notebook/mime";
import { distinct } from "./distinct.ts";
import { asCount, asText, isObject, type JsonObject, member } from "./json.ts";
import type { Notes } from "./notes.ts";
import { parseValues } from "./parse-values.ts";
import type { DataColumn } from "./runs-data.ts";

/** A column, and what it was made of. */
export interface ParsedColumn {
  readonly column: DataColumn;
  /** The type that was said, which the values needn't all be of. */
  readonly saidType: OutputType;
  readonly json: JsonObject;
}

/**
 * Reads the columns of a table.
 *
 * @param given - whatever stands for them
 * @param numRows - how many rows the table has
 * @param keyOf - what tells a column from others; two of one key get different ones
 * @param notes - where to say what is wrong
 */
export function parseColumns(
  given: readonly unknown[],
  numRows: number,
  keyOf: (name: string, json: JsonObject) => string,
  notes: Notes,
): ParsedColumn[] {
  const wanted: string[] = [];
  const columns: ParsedColumn[] = [];
  for (const json of given) {
    const values = isObject(json) ? member(json, "values") : undefined;
    const name = (isObject(json) ? asText(member(json, "name")) : undefined) ?? "";
    if (!isObject(json) || !Array.isArray(values)) {
      notes.column("broken", name);
      continue;
    }
    if (values.length < numRows) notes.column("short", name);
    if (values.length > numRows) notes.column("long", name);
    const saidType = member(json, "dtype");
    const { isKnown, misfits, ...parsed } = parseValues(saidType, values, numRows);
    if (!isKnown) notes.column("type", name);
    if (misfits > 0) notes.column("values", name);
    const key = keyOf(name, json);
    wanted.push(key);
    columns.push({
      column: { key, name, ...parsed, shortened: asCount(member(json, "shortened")) ?? 0 },
      saidType: isKnown ? (saidType as OutputType) : "utf8",
      json,
    });
  }
  const keys = distinct(wanted, (key, n) => `${key}#${n}`);
  return columns.map((parsed, at) => {
    const { column } = parsed;
    const key = keys[at] as string;
    if (key === column.key) return parsed;
    notes.column("twice", column.name);
    return { ...parsed, column: { ...column, key } };
  });
}
