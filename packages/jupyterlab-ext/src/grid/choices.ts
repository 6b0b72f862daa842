import type { Cell } from "../data/runs-data.ts";
import type { ColumnKind, GridColumn } from "./column.ts";
import { cellText, tagText } from "./format.ts";

/** A value that a column has, and in how many rows. */
export interface Choice {
  /** Empty: nothing. */
  readonly text: string;
  readonly count: number;
}

/** How many different values a column may have for them to be chosen from. */
const MOST = 24;

/**
 * The values to choose from to filter a column, the most frequent first; undefined: there are too many, or too few to choose,
 * or they are numbers.
 */
export function choicesOf(column: GridColumn): readonly Choice[] | undefined {
  if (["number", "moment", "duration", "json"].includes(column.kind)) return undefined;
  const counts = new Map<string, number>();
  for (const value of column.values) {
    for (const text of choiceTexts(column.kind, value)) counts.set(text, (counts.get(text) ?? 0) + 1);
    if (counts.size > MOST) return undefined;
  }
  if (counts.size < 2 && column.kind !== "state") return undefined;
  return [...counts].map(([text, count]) => ({ text, count })).sort((a, b) => b.count - a.count);
}

/** What of a value can be chosen: each of its tags. */
export function choiceTexts(kind: ColumnKind, value: Cell): readonly string[] {
  if (kind === "tags" && Array.isArray(value) && value.length > 0) return value.map(tagText);
  if (Array.isArray(value) && value.length === 0) return [""];
  return [cellText(kind, value, "full")];
}
