import type { ColumnLook } from "./layout.ts";

/** What the cells of a column are, all of them. */
export type Kind = "none" | "number" | "time" | "text";

/** What the cells are, one more among them. */
export function kindWith(before: Kind, value: unknown): Kind {
  if (value === null || value === undefined) return before;
  const kind = isNumber(value) ? "number" : value instanceof Date ? "time" : "text";
  return before === "none" || before === kind ? kind : "text";
}

function isNumber(value: unknown): boolean {
  return typeof value === "number" || typeof value === "bigint";
}

/** How a column looks. The first one names the run: its ids are there to be copied. */
export function lookOf(title: string, kind: Kind | undefined, index: number): ColumnLook {
  return { title, right: kind === "number", isWhole: index === 0 || kind === "number" || kind === "time" };
}
