import type { TranslationBundle } from "@jupyterlab/translation";
import { type GridColumn, headingText } from "./column.ts";
import type { ReadFilter } from "./filter.ts";
import type { SortKey } from "./sort.ts";
import type { ColumnFilter } from "./view.ts";

type Problem = Extract<ReadFilter, { problem: unknown }>["problem"];

/** Why a filter isn't understood, and what would be. */
export function problemText(trans: TranslationBundle, { part, expected }: Problem): string {
  const shown =
    part.trim() === "" ? trans.__("A value is missing") : trans.__("“%1” isn't understood", part.trim());
  return `${shown}. ${hintText(trans, expected)}`;
}

/** What can be written to filter a column of a kind by. */
export function hintText(trans: TranslationBundle, kind: GridColumn["kind"]): string {
  switch (kind) {
    case "number":
      return trans.__("Write for example: > 0.5, <= 3, 1..10, 5.., = 4, != 4, nan, none.");
    case "duration":
      return trans.__("Write for example: > 90s, <= 1h 30m, 5m..2h, none.");
    case "moment":
      return trans.__("Write for example: >= 2026-11-24, 2026-11-01..2026-11-24, none.");
    default:
      return trans.__('Text that is contained; !text: that isn\'t; ="text": the whole; none: nothing.');
  }
}

/** A column's filter in few words. */
export function filterText(trans: TranslationBundle, name: string, filter: ColumnFilter): string {
  if ("text" in filter) return `${name}: ${filter.text.trim()}`;
  const chosen = [...filter.chosen].map((text) => (text === "" ? trans.__("(nothing)") : text));
  return `${name}: ${chosen.join(trans.__(" or "))}`;
}

/** What rows are sorted by, as it is told. */
export function sortedText(
  trans: TranslationBundle,
  sorts: readonly SortKey[],
  columns: readonly GridColumn[],
): string {
  if (sorts.length === 0) return trans.__("Not sorted");
  const parts = sorts.map(({ key, descending }) => {
    const column = columns.find((other) => other.key === key);
    const name = column === undefined ? key : headingText(column);
    return descending ? trans.__("%1, descending", name) : trans.__("%1, ascending", name);
  });
  return trans.__("Sorted by %1", parts.join(trans.__(", then ")));
}
