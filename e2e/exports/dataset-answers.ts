import { runPython } from "../support/python.ts";
import type { Answer } from "./aggregates.ts";

/** What Python's engines say of a table: a folder of Parquet files. */
export async function askPolarsAndPandas(
  folder: string,
  run?: string,
): Promise<{ readonly polars: Answer; readonly pandas: Answer }> {
  const output = await runPython(new URL("read_dataset.py", import.meta.url), {
    baseUrl: NO_SERVER,
    input: JSON.stringify({ folder, files: `${folder}/*.parquet`, run }),
  });
  return JSON.parse(output);
}

/** What Spark is asked of a table, and what of some of its runs alone. */
export interface SparkQuestion {
  readonly folder: string;
  readonly runs: readonly string[];
}

export interface SparkAnswers {
  /** The home of the Java that Spark ran on. */
  readonly java: string;
  /** How many processes besides the driver's did the work. */
  readonly executors: number;
  readonly tables: readonly {
    readonly all: Answer;
    /** Of each run asked for, and how many rows Spark took from the files for it. */
    readonly pruned: { readonly [run: string]: Answer & { readonly scanned: number } };
  }[];
}

/** @param master - where the work is done, in Spark's words; @param path - where programs are looked for */
export async function askSpark(
  master: string,
  tables: readonly SparkQuestion[],
  path: string,
): Promise<SparkAnswers> {
  const output = await runPython(new URL("read_dataset_by_spark.py", import.meta.url), {
    baseUrl: NO_SERVER,
    input: JSON.stringify({ master, tables }),
    env: { PATH: path },
  });
  return JSON.parse(output.slice(output.indexOf(MARK) + MARK.length));
}

/** Datasets are read from disk alone. */
const NO_SERVER = "http://127.0.0.1:9";
const MARK = "answers ";
