import type { DType, ExportedRows } from "@lazyruns/core";
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

/**
 * A lazy frame over rows of a local file, with the columns that a table's frame has.
 *
 * @param alike - columns whose type in the file is the one they get
 */
export function scanFile(
  make: FrameMake,
  path: string,
  stretch: Stretch,
  alike: ReadonlySet<string> = new Set(),
): LazyDataFrame {
  const { polars: pl, direct, runId } = make;
  let frame: LazyDataFrame = pl.scanParquet(path);
  // A filter doesn't get past a slice: where all rows are wanted, none is made.
  if (stretch.numRows < stretch.file.footer.numRows) frame = frame.slice(stretch.offset, stretch.numRows);
  const own = new Set(stretch.columns.map(({ name }) => name));
  for (const filter of filtersOf(make, own)) frame = frame.filter(filter);
  const types = typesOf(pl);
  const columns: Expr[] = [];
  let group: { names: string[]; cast: DType | undefined } | undefined;
  // One expression for columns that keep their names: polars' JavaScript takes a millisecond to make one.
  const flush = () => {
    if (group !== undefined) columns.push(typed(pl.cols(group.names), group.cast));
    group = undefined;
  };
  // A filter doesn't get past a cast, so there is none where the type is right.
  const typed = (column: Expr, cast: DType | undefined) =>
    cast === undefined ? column : column.cast(types[cast]);
  for (const [index, { name, dtype }] of direct.columns.entries()) {
    const frameName = make.names[index] as string;
    const cast = alike.has(name) ? undefined : dtype;
    if (own.has(name) && name === frameName) {
      if (group?.cast !== cast) flush();
      group ??= { names: [], cast };
      group.names.push(name);
    } else {
      flush();
      columns.push(typed(own.has(name) ? pl.col(name) : pl.lit(null), cast).alias(frameName));
    }
  }
  flush();
  return frame.select(pl.lit(runId).alias("run_id"), ...columns);
}

/** The columns of a file whose types are those that they get in frames. */
export async function alikeIn(
  { polars: pl, direct }: FrameMake,
  path: string,
  { columns }: Stretch,
): Promise<ReadonlySet<string>> {
  const names = columns.map(({ name }) => name);
  const { dtypes } = await pl
    .scanParquet(path)
    .select(...names)
    .limit(0)
    .collect();
  const types = typesOf(pl);
  return new Set(
    names.filter((name, index) => {
      const dtype = direct.columns.find((column) => column.name === name)?.dtype;
      return dtype !== undefined && String(dtypes[index]) === String(types[dtype]);
    }),
  );
}

/** The types of frames' columns; those that no plan has are as text. */
function typesOf(pl: Polars) {
  const text = pl.Utf8;
  const { Int64: int64, Float64: float64, Bool: bool } = pl;
  return { int64, float64, bool, utf8: text, json: text, datetime: text, null: text } as const;
}

function filtersOf({ polars: pl, rows }: FrameMake, own: ReadonlySet<string>): Expr[] {
  const { keys, match, minStep, maxStep } = rows;
  const filters: Expr[] = [];
  const each = keys?.filter((key) => own.has(key)).map((key) => pl.col(key).isNotNull()) ?? [];
  if (each.length > 0)
    filters.push(each.reduce((all, one) => (match === "all" ? all.and(one) : all.or(one))));
  if (minStep !== undefined) filters.push(pl.col(STEP).gtEq(pl.lit(minStep)));
  if (maxStep !== undefined) filters.push(pl.col(STEP).lt(pl.lit(maxStep)));
  return filters;
}
