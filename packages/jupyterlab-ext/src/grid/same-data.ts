import type { Cell } from "../data/runs-data.ts";
import type { GridColumn } from "./column.ts";
import { isSameCell } from "./differing.ts";
import type { GridData } from "./view.ts";

/**
 * The next data, with all that is as it was taken from before, so that what was found out about it holds on; the data before
 * itself: nothing is other.
 */
export function keepSame(before: GridData, next: GridData): GridData {
  const byKey = new Map(before.columns.map((column) => [column.key, column]));
  const columns = next.columns.map((column) => {
    const old = byKey.get(column.key);
    return old === undefined ? column : keepColumn(old, column);
  });
  const ids = isSameList(before.ids, next.ids, Object.is) ? before.ids : next.ids;
  const isSame = ids === before.ids && isSameList(before.columns, columns, Object.is);
  return isSame ? before : { columns, ids };
}

function keepColumn(old: GridColumn, next: GridColumn): GridColumn {
  const values = isSameList<Cell>(old.values, next.values, isSameCell) ? old.values : next.values;
  const isSame =
    values === old.values &&
    old.name === next.name &&
    old.origin === next.origin &&
    old.isNameShared === next.isNameShared &&
    isSameList(old.asides ?? [], next.asides ?? [], Object.is) &&
    old.kind === next.kind &&
    old.isShown === next.isShown &&
    old.canBeAlike === next.canBeAlike;
  return isSame ? old : { ...next, values };
}

function isSameList<T>(
  one: readonly T[],
  other: readonly T[],
  isSame: (one: T, other: T) => boolean,
): boolean {
  if (one === other) return true;
  return one.length === other.length && one.every((item, index) => isSame(item, other[index] as T));
}
