import type { AnyColumn, HistoryTable } from "@lazyruns/core";
import { tableOf as tableOfRows } from "../testing/tables.ts";

/** Columns of a table, by their names; null in `values` is a row without a value. */
export interface TestColumns {
  readonly [name: string]: { readonly dtype: AnyColumn["dtype"]; readonly values: readonly unknown[] };
}

/** A table of histories: the run's id of every row, and columns. */
export function tableOf(runIds: readonly string[], columns: TestColumns): HistoryTable {
  const cells = Object.entries(columns).map(([name, { dtype, values }]) => ({ name, dtype, cells: values }));
  return tableOfRows({ runIds, columns: cells });
}
