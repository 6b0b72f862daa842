import { type AnyColumn, HistoryTable } from "@lazyruns/core";

/** Columns of a table, as `HistoryTable.fromColumns` takes them; null in `values` is a row without a value. */
export interface TestColumns {
  readonly [name: string]: { readonly dtype: AnyColumn["dtype"]; readonly values: readonly unknown[] };
}

/** Values that stand where there is none: wrong ones, so that a frame that shows them is found out. */
const FILLERS = { float64: 99, int64: 99n, bool: 1, utf8: "no", json: '"no"', datetime: 99n, null: 0 };

/** A table of histories: the run's id of every row, and columns. */
export function tableOf(runIds: readonly string[], columns: TestColumns): HistoryTable {
  return HistoryTable.fromColumns(
    runIds,
    Object.entries(columns).map(([name, { dtype, values }]) => {
      const validity = new Uint8Array(Math.ceil(values.length / 8));
      for (const [row, value] of values.entries()) {
        if (value !== null) validity[row >>> 3] = (validity[row >>> 3] ?? 0) | (1 << (row & 7));
      }
      const filled = values.map((value) => value ?? FILLERS[dtype]);
      return { name, dtype, values: arrayOf(dtype, filled), validity } as never;
    }),
  );
}

function arrayOf(dtype: AnyColumn["dtype"], values: readonly unknown[]): unknown {
  switch (dtype) {
    case "float64":
      return Float64Array.from(values as number[]);
    case "int64":
    case "datetime":
      return BigInt64Array.from(values as bigint[]);
    case "bool":
    case "null":
      return Uint8Array.from(values as number[]);
    default:
      return values;
  }
}
