import type { Cell } from "../data/runs-data.ts";
import { jsonText } from "./json-text.ts";

/** What rows are sorted by. */
export interface SortKey {
  readonly key: string;
  readonly descending: boolean;
}

/** A column's values as what compares fast: one a row. */
interface Ranks {
  readonly values: Float64Array;
  /** 0: a value; 1: `NaN`; 2: nothing. These keep their order whichever way is sorted. */
  readonly last: Uint8Array;
}

/** Digits within text count as numbers: `run-2` before `run-10`. */
const COLLATOR = new Intl.Collator(undefined, { numeric: true });
const known = new WeakMap<readonly Cell[], Ranks>();

/**
 * Rows in the order of columns: numbers as numbers, bigints among them, text as people sort it. `NaN` comes after numbers and
 * nothing comes last, whichever way is sorted; rows that are alike keep their order.
 *
 * @param rows - indexes into the columns; isn't changed
 * @param by - the columns' values, the first decides first
 */
export function sortRows(
  rows: Int32Array,
  by: readonly { readonly values: readonly Cell[]; readonly descending: boolean }[],
): Int32Array {
  const keys = by.map(({ values, descending }) => ({ ranks: ranksOf(values), sign: descending ? -1 : 1 }));
  const sorted = rows.slice();
  if (keys.length === 0) return sorted;
  // Typed arrays' sort is stable too.
  return sorted.sort((a, b) => {
    for (const { ranks, sign } of keys) {
      const apart = (ranks.last[a] as number) - (ranks.last[b] as number);
      if (apart !== 0) return apart;
      const one = ranks.values[a] as number;
      const other = ranks.values[b] as number;
      if (one !== other) return one < other ? -sign : sign;
    }
    return 0;
  });
}

/**
 * What is sorted by after a column is asked for: up, then down, then not at all.
 *
 * @param add - beside what is sorted by already, not instead
 */
export function nextSort(sorts: readonly SortKey[], key: string, add: boolean): SortKey[] {
  const old = sorts.find((sort) => sort.key === key);
  const isOnly = sorts.length === 1;
  if (!add) {
    if (old === undefined || !isOnly) return [{ key, descending: false }];
    return old.descending ? [] : [{ key, descending: true }];
  }
  if (old === undefined) return [...sorts, { key, descending: false }];
  if (old.descending) return sorts.filter((sort) => sort.key !== key);
  return sorts.map((sort) => (sort.key === key ? { key, descending: true } : sort));
}

function ranksOf(values: readonly Cell[]): Ranks {
  let ranks = known.get(values);
  if (ranks === undefined) {
    ranks = rank(values);
    known.set(values, ranks);
  }
  return ranks;
}

function rank(cells: readonly Cell[]): Ranks {
  const values = new Float64Array(cells.length);
  const last = new Uint8Array(cells.length);
  const odd = new Map<Cell, number>();
  for (let row = 0; row < cells.length; row++) {
    const cell = cells[row];
    if (cell === null || cell === undefined) last[row] = 2;
    else if (typeof cell === "number" && Number.isNaN(cell)) last[row] = 1;
    else if (typeof cell === "number") values[row] = cell;
    else odd.set(cell, 0);
  }
  if (odd.size === 0) return { values, last };
  return rankMixed(cells, odd, values, last);
}

/** Each different value's place among all of them. */
function rankMixed(
  cells: readonly Cell[],
  places: Map<Cell, number>,
  values: Float64Array,
  last: Uint8Array,
): Ranks {
  for (const cell of cells) if (typeof cell === "number" && !Number.isNaN(cell)) places.set(cell, 0);
  const sorted = [...places.keys()].map((cell) => ({ cell, order: orderOf(cell), text: sortText(cell) }));
  sorted.sort((a, b) => a.order - b.order || compareAlike(a, b));
  let place = 0;
  sorted.forEach((entry, index) => {
    const before = sorted[index - 1];
    if (before !== undefined && (before.order !== entry.order || compareAlike(before, entry) !== 0)) place++;
    places.set(entry.cell, place);
  });
  for (let row = 0; row < cells.length; row++)
    if (last[row] === 0) values[row] = places.get(cells[row] as Cell) as number;
  return { values, last };
}

interface Entry {
  readonly cell: Cell;
  readonly text: string;
}

function compareAlike(a: Entry, b: Entry): number {
  if (isNumber(a.cell) && isNumber(b.cell)) return a.cell < b.cell ? -1 : a.cell > b.cell ? 1 : 0;
  return COLLATOR.compare(a.text, b.text);
}

function isNumber(cell: Cell): cell is number | bigint {
  return typeof cell === "number" || typeof cell === "bigint";
}

/** Of mixed values: booleans, numbers, text, nested ones. */
function orderOf(cell: Cell): number {
  if (typeof cell === "boolean") return 0;
  if (isNumber(cell)) return 1;
  return typeof cell === "string" ? 2 : 3;
}

function sortText(cell: Cell): string {
  if (typeof cell === "string") return cell;
  if (Array.isArray(cell) && cell.every((item) => typeof item === "string")) return cell.join(", ");
  return isNumber(cell) ? "" : jsonText(cell);
}
