import { jsonText } from "../data/json.ts";
import type { Cell } from "../data/runs-data.ts";

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
const ranked = new WeakMap<readonly Cell[], Ranks>();

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
  let ranks = ranked.get(values);
  if (ranks === undefined) {
    ranks = rank(values);
    ranked.set(values, ranks);
  }
  return ranks;
}

function rank(cells: readonly Cell[]): Ranks {
  const values = new Float64Array(cells.length);
  const last = new Uint8Array(cells.length);
  let isPlain = true;
  for (let row = 0; row < cells.length; row++) {
    const cell = cells[row];
    if (cell === null || cell === undefined) last[row] = 2;
    else if (typeof cell === "number" && Number.isNaN(cell)) last[row] = 1;
    else if (typeof cell === "number") values[row] = cell;
    else isPlain = false;
  }
  if (!isPlain) rankMixed(cells, values, last);
  return { values, last };
}

/** Gives each row the place of its value among all of them: booleans, numbers, text, nested values. */
function rankMixed(cells: readonly Cell[], values: Float64Array, last: Uint8Array): void {
  const texts = cells.map((cell) => (typeof cell === "object" && cell !== null ? nestedText(cell) : ""));
  const there = cells.filter((_, row) => last[row] === 0);
  const ofType = <T extends Cell>(...types: string[]) =>
    [...new Set(there.filter((cell) => types.includes(typeof cell)))] as T[];
  const places = new Map<Cell, number>();
  const nested = new Map<string, number>();
  let place = 0;
  place = number(ofType<boolean>("boolean"), (a, b) => Number(a) - Number(b), places, place);
  place = number(ofType<number | bigint>("number", "bigint"), compareNumbers, places, place);
  place = number(ofType<string>("string"), COLLATOR.compare, places, place);
  number(
    [...new Set(texts.filter((_, row) => typeof cells[row] === "object"))],
    COLLATOR.compare,
    nested,
    place,
  );
  cells.forEach((cell, row) => {
    const isNested = typeof cell === "object";
    if (last[row] === 0)
      values[row] = (isNested ? nested.get(texts[row] as string) : places.get(cell)) as number;
  });
}

/** Gives each value its place, from the one that is next on; those that compare as one have one. Returns the next. */
function number<T>(
  distinct: T[],
  compare: (one: T, other: T) => number,
  places: Map<T, number> | Map<Cell, number>,
  next: number,
): number {
  let place = next;
  // A collator's own function sorts faster than one that calls it.
  distinct.sort(compare);
  distinct.forEach((value, index) => {
    if (index > 0 && compare(distinct[index - 1] as T, value) !== 0) place++;
    (places as Map<T, number>).set(value, place);
  });
  return place + 1;
}

function compareNumbers(a: number | bigint, b: number | bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function nestedText(cell: Cell): string {
  if (Array.isArray(cell) && cell.every((item) => typeof item === "string")) return cell.join(", ");
  return jsonText(cell);
}
