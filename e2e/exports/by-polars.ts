import pl from "nodejs-polars";
import { type Aggregates, type Answer, ASKED, aggregatesIn, type Kind } from "./aggregates.ts";

const KINDS: { readonly [type: string]: Kind } = {
  Int64: "int",
  Float64: "float",
  String: "text",
  Utf8: "text",
  Bool: "bool",
};

const { POSITIVE_INFINITY, NEGATIVE_INFINITY } = Number;

const EXPRESSIONS: { readonly [K in Kind]: { readonly [word: string]: (column: pl.Expr) => pl.Expr } } = {
  int: {
    sum: (c) => pl.when(c.isNotNull().sum().gt(0)).then(c.sum()).otherwise(pl.lit(null)).cast(pl.Utf8),
    least: (c) => c.min().cast(pl.Utf8),
    most: (c) => c.max().cast(pl.Utf8),
    mean: (c) => c.mean(),
  },
  float: {
    nan: (c) => c.isNan().sum(),
    positiveInfinity: (c) => c.eq(pl.lit(POSITIVE_INFINITY)).sum(),
    negativeInfinity: (c) => c.eq(pl.lit(NEGATIVE_INFINITY)).sum(),
    sum: (c) => pl.when(c.isFinite().sum().gt(0)).then(c.filter(c.isFinite()).sum()).otherwise(pl.lit(null)),
    least: (c) => c.filter(c.isFinite()).min(),
    most: (c) => c.filter(c.isFinite()).max(),
    mean: (c) => c.filter(c.isFinite()).mean(),
  },
  text: {
    // Its lengths can't be added up: `str.lengths` of a lazy frame says that it is text, and aborts the process.
    sum: (c) => c.filter(c.isNotNull()),
    least: (c) => c.min(),
    most: (c) => c.max(),
  },
  bool: { sum: (c) => c.sum() },
  other: {},
};

/** Asks polars for Node, by a lazy scan. @param run - the only run that is asked for */
export async function polarsAggregates(files: string, run?: string): Promise<Aggregates> {
  const all = pl.scanParquet(files);
  const schema: { readonly [name: string]: { readonly variant: string } } = (await all.limit(0).collect())
    .schema;
  const kinds = Object.entries(schema)
    .map(([name, { variant }]) => [name, KINDS[variant] ?? "other"] as const)
    .filter(([name]) => name !== "run_id");
  const asked = kinds.flatMap(([name, kind], index) =>
    ASKED[kind].map((word) =>
      (EXPRESSIONS[kind][word]?.(pl.col(name)) ?? pl.col(name).isNotNull().sum()).alias(`${index} ${word}`),
    ),
  );
  const scan = run === undefined ? all : all.filter(pl.col("run_id").eq(pl.lit(run)));
  const frame = await scan
    .groupBy("run_id")
    .agg(pl.col("run_id").count().alias("row count"), ...asked)
    .collect();
  const runs = frame.rows().map((row) => row.map((cell) => (Array.isArray(cell) ? characters(cell) : cell)));
  return aggregatesIn({ kinds, runs: runs as unknown as Answer["runs"] });
}

function characters(texts: readonly string[]): number | null {
  return texts.length === 0 ? null : [...texts.join("")].length;
}
