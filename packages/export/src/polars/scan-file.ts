import type { ExportedRows } from "@lazyruns/core";
import type { Polars } from "@lazyruns/dataframes/polars";
import type { Expr, LazyDataFrame } from "nodejs-polars";
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
  const columns: Expr[] = [];
  for (const { dtype, from, to } of groupsOf(make, own)) {
    if (from === undefined)
      columns.push(
        pl
          .lit(null)
          .cast(types[dtype])
          .alias(to[0] as string),
      );
    else if (from.length === 1) {
      const [name, frameName] = [from[0] as string, to[0] as string];
      const column = pl.col(name).cast(types[dtype]);
      columns.push(name === frameName ? column : column.alias(frameName));
    } else columns.push(pl.cols(from).cast(types[dtype]));
  }
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

interface ColumnGroup {
  readonly dtype: "int64" | "float64" | "bool" | "utf8";
  /** Their names in the file; undefined for a column that it hasn't. */
  readonly from: string[] | undefined;
  /** Their names in the frame. */
  readonly to: string[];
}

/** Columns that can be had by one expression, for polars' JavaScript takes long to make one. */
function groupsOf({ direct, names }: FrameMake, own: ReadonlySet<string>): ColumnGroup[] {
  const groups: ColumnGroup[] = [];
  for (const [index, column] of direct.columns.entries()) {
    const name = names[index] as string;
    const dtype = column.dtype as ColumnGroup["dtype"];
    const last = groups.at(-1);
    const isOwn = own.has(column.name);
    const isPlain = isOwn && name === column.name;
    const goesOn =
      isPlain && last?.from !== undefined && last.dtype === dtype && last.from.at(-1) === last.to.at(-1);
    if (goesOn) {
      last.from.push(column.name);
      last.to.push(name);
    } else groups.push({ dtype, from: isOwn ? [column.name] : undefined, to: [name] });
  }
  return groups;
}
