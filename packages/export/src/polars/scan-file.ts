import type { ExportedRows } from "@lazyruns/core";
import type { Polars } from "@lazyruns/dataframes/polars";
import type { LazyDataFrame } from "nodejs-polars";
import { STEP } from "../parquet/footer.ts";
import type { DirectPlan, Stretch } from "./direct-plan.ts";

/** How the rows of files become frames. */
export interface FrameMake {
  readonly polars: Polars;
  readonly runId: string;
  readonly direct: DirectPlan;
  /** The columns' names in frames, in the order of the plan's columns. */
  readonly names: readonly string[];
  readonly rows: ExportedRows;
}

/** A lazy frame over rows of a local file, with the columns that a table's frame has. */
export function scanFile(make: FrameMake, path: string, stretch: Stretch): LazyDataFrame {
  const { polars: pl, direct, rows } = make;
  let frame: LazyDataFrame = pl.scanParquet(path);
  // A filter doesn't get past a slice: where all rows are wanted, none is made.
  if (stretch.numRows < stretch.file.footer.numRows) frame = frame.slice(stretch.offset, stretch.numRows);
  const own = new Set(stretch.columns.map(({ name }) => name));
  const types = { int64: pl.Int64, float64: pl.Float64, bool: pl.Bool, utf8: pl.Utf8 } as const;
  const columns = direct.columns.map(({ name, dtype }, index) =>
    (own.has(name) ? pl.col(name) : pl.lit(null))
      .cast(types[dtype as keyof typeof types])
      .alias(make.names[index] as string),
  );
  const named = (key: string) =>
    pl.col(make.names[direct.columns.findIndex(({ name }) => name === key)] as string);
  frame = frame.select(pl.lit(make.runId).alias("run_id"), ...columns);
  const { keys, match, minStep, maxStep } = rows;
  if (keys !== undefined && keys.length > 0) {
    const each = keys.map((key) => named(key).isNotNull());
    frame = frame.filter(each.reduce((all, one) => (match === "all" ? all.and(one) : all.or(one))));
  }
  if (minStep !== undefined) frame = frame.filter(named(STEP).gtEq(pl.lit(minStep)));
  if (maxStep !== undefined) frame = frame.filter(named(STEP).lt(pl.lit(maxStep)));
  return frame;
}
