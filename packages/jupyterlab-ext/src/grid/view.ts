import type { NumberFormat } from "../settings/view-settings.ts";
import { choiceTexts } from "./choices.ts";
import type { GridColumn } from "./column.ts";
import { type ColumnsState, ordered } from "./columns-state.ts";
import { differs } from "./differing.ts";
import { type FilterProblem, readFilter, type Test } from "./filter.ts";
import { searchTest } from "./search.ts";
import { type SortKey, sortRows } from "./sort.ts";

/** What a column is filtered by: what someone wrote, or the values that were chosen (empty text: nothing). */
export type ColumnFilter = { readonly text: string } | { readonly chosen: ReadonlySet<string> };

/** Rows by columns. */
export interface GridData {
  readonly columns: readonly GridColumn[];
  /** What tells the rows from each other, over other data too. */
  readonly ids: readonly string[];
}

/** How the rows are looked at. */
export interface GridLook {
  readonly sorts: readonly SortKey[];
  readonly filters: ReadonlyMap<string, ColumnFilter>;
  readonly search: string;
  /** The ids of the rows that come first. */
  readonly pinned: ReadonlySet<string>;
  readonly isDiffering: boolean;
  readonly columns: ColumnsState;
}

/** What is shown. */
export interface GridRows {
  /** Indexes of the rows that pass, in order: the pinned ones first. */
  readonly rows: Int32Array;
  readonly numPinned: number;
  /** The columns, in order: the frozen ones first. */
  readonly columns: readonly GridColumn[];
  readonly numFrozen: number;
  /** How many columns are left out because all the rows have one value. */
  readonly numAlike: number;
  /** By the columns' keys. */
  readonly problems: ReadonlyMap<string, FilterProblem>;
}

/** Sorts and filters rows, and tells which columns are shown. @param format - how numbers are shown */
export function lookAt(data: GridData, look: GridLook, format: NumberFormat): GridRows {
  const all = ordered(look.columns, data.columns);
  const shown = all.filter((column) => look.columns.shown.has(column.key));
  const problems = new Map<string, FilterProblem>();
  const passing = filterRows(data, look, shown, problems, format);
  const columns = look.isDiffering
    ? shown.filter((column) => !column.canBeAlike || differs(column.values, passing))
    : shown;
  const sorted = sortRows(passing, sortedBy(data, look.sorts));
  const { rows, numPinned } = pinnedFirst(sorted, data.ids, look.pinned);
  const numFrozen = columns.filter((column) => look.columns.frozen.has(column.key)).length;
  return { rows, numPinned, columns, numFrozen, numAlike: shown.length - columns.length, problems };
}

function sortedBy({ columns }: GridData, sorts: readonly SortKey[]) {
  return sorts.flatMap(({ key, descending }) => {
    const column = columns.find((other) => other.key === key);
    return column === undefined ? [] : [{ values: column.values, descending }];
  });
}

function filterRows(
  { columns, ids }: GridData,
  look: GridLook,
  shown: readonly GridColumn[],
  problems: Map<string, FilterProblem>,
  format: NumberFormat,
): Int32Array {
  const tests: [GridColumn, Test][] = [];
  for (const [key, filter] of look.filters) {
    const column = columns.find((other) => other.key === key);
    if (column === undefined) continue;
    const read = testOf(filter, column);
    if ("problem" in read) problems.set(key, read.problem);
    else tests.push([column, read.test]);
  }
  const isFound = searchTest(look.search, shown, format);
  const rows = new Int32Array(ids.length);
  let count = 0;
  for (let row = 0; row < ids.length; row++) {
    if (!tests.every(([column, test]) => test(column.values[row] ?? null))) continue;
    if (isFound !== undefined && !isFound(row)) continue;
    rows[count++] = row;
  }
  return rows.subarray(0, count);
}

function testOf(filter: ColumnFilter, column: GridColumn) {
  if ("text" in filter) return readFilter(filter.text, column.kind);
  return {
    test: (value: Parameters<Test>[0]) =>
      choiceTexts(column.kind, value).some((text) => filter.chosen.has(text)),
  };
}

function pinnedFirst(rows: Int32Array, ids: readonly string[], pinned: ReadonlySet<string>) {
  if (pinned.size === 0) return { rows, numPinned: 0 };
  const isPinned = (row: number) => pinned.has(ids[row] as string);
  const first = rows.filter(isPinned);
  const others = rows.filter((row) => !isPinned(row));
  const all = new Int32Array(rows.length);
  all.set(first);
  all.set(others, first.length);
  return { rows: all, numPinned: first.length };
}
