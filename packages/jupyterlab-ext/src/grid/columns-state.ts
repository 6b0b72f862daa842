import type { GridColumn } from "./column.ts";

/** Which columns are shown, in which order, and how wide they are: kept over other data, by the columns' keys. */
export interface ColumnsState {
  /** Of all columns that were ever here. */
  readonly order: readonly string[];
  readonly shown: ReadonlySet<string>;
  /** Those that stay in sight when the others are scrolled sideways. */
  readonly frozen: ReadonlySet<string>;
  /** In pixels; of those that someone made as wide as they are. */
  readonly widths: ReadonlyMap<string, number>;
}

/** No columns yet. */
export const NO_COLUMNS: ColumnsState = {
  order: [],
  shown: new Set(),
  frozen: new Set(),
  widths: new Map(),
};

/** Takes in the columns of other data: what is known stays as it is, a new column comes behind the one it follows there. */
export function withColumns(
  state: ColumnsState,
  columns: readonly GridColumn[],
  isFrozen: (column: GridColumn) => boolean,
): ColumnsState {
  const known = new Set(state.order);
  const fresh = columns.filter((column) => !known.has(column.key));
  if (fresh.length === 0) return state;
  // What comes behind each of those that are known, or before all.
  const first: string[] = [];
  const behind = new Map<string, string[]>();
  let group = first;
  for (const { key } of columns) {
    if (known.has(key)) {
      group = [];
      behind.set(key, group);
    } else {
      group.push(key);
    }
  }
  const order = [...first, ...state.order.flatMap((key) => [key, ...(behind.get(key) ?? [])])];
  const keys = (list: readonly GridColumn[]) => list.map((column) => column.key);
  return {
    ...state,
    order,
    shown: new Set([...state.shown, ...keys(fresh.filter((column) => column.isShown))]),
    frozen: new Set([...state.frozen, ...keys(fresh.filter(isFrozen))]),
  };
}

/** Shows a column, or no longer. */
export function withShown(state: ColumnsState, key: string, isShown: boolean): ColumnsState {
  return { ...state, shown: toggled(state.shown, key, isShown) };
}

/** Shows columns, or no longer. */
export function withAllShown(state: ColumnsState, keys: readonly string[], areShown: boolean): ColumnsState {
  const shown = new Set(state.shown);
  for (const key of keys) {
    if (areShown) shown.add(key);
    else shown.delete(key);
  }
  return { ...state, shown };
}

/** Keeps a column in sight, or no longer. */
export function withFrozen(state: ColumnsState, key: string, isFrozen: boolean): ColumnsState {
  return { ...state, frozen: toggled(state.frozen, key, isFrozen) };
}

/** Makes a column as wide as is said; undefined: as wide as what it holds. */
export function withWidth(state: ColumnsState, key: string, width: number | undefined): ColumnsState {
  const widths = new Map(state.widths);
  if (width === undefined) widths.delete(key);
  else widths.set(key, width);
  return { ...state, widths };
}

/** Puts a column before another; undefined: behind all. */
export function withMoved(state: ColumnsState, key: string, before: string | undefined): ColumnsState {
  if (key === before) return state;
  const order = state.order.filter((other) => other !== key);
  order.splice(before === undefined ? order.length : order.indexOf(before), 0, key);
  return { ...state, order };
}

/** The column that follows the last one of some: to be put before it is to come behind them. */
export function behindLast(order: readonly string[], keys: readonly string[]): string | undefined {
  const last = keys.at(-1);
  return last === undefined ? undefined : order[order.indexOf(last) + 1];
}

/** Swaps a column with the one before or behind it in a list of some of the columns. */
export function withStep(
  state: ColumnsState,
  key: string,
  among: readonly string[],
  step: -1 | 1,
): ColumnsState {
  const at = among.indexOf(key);
  const other = among[at + step];
  if (at < 0 || other === undefined) return state;
  return step < 0 ? withMoved(state, key, other) : withMoved(state, other, key);
}

/** The columns of a state that are in some data, in order: the frozen ones first. */
export function ordered(state: ColumnsState, columns: readonly GridColumn[]): GridColumn[] {
  const byKey = new Map(columns.map((column) => [column.key, column]));
  const all = state.order.map((key) => byKey.get(key)).filter((column) => column !== undefined);
  const isFrozen = (column: GridColumn) => state.frozen.has(column.key);
  return [...all.filter(isFrozen), ...all.filter((column) => !isFrozen(column))];
}

function toggled(set: ReadonlySet<string>, key: string, isIn: boolean): Set<string> {
  const next = new Set(set);
  if (isIn) next.add(key);
  else next.delete(key);
  return next;
}
