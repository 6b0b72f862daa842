import type { Runs, TableField } from "@lazyruns/core";
import type { Context } from "../context.ts";
import type { OutputOptions } from "../options/output.ts";
import { writeTableAsParquet } from "../output/write-parquet.ts";
import { openSink, writeRows } from "../output/write-rows.ts";
import { one } from "./one.ts";
import { progressOf } from "./progress-of.ts";

/** The columns of a table of runs; with neither config nor summary, every key of both. */
export interface ChosenColumns {
  readonly fields: readonly TableField[];
  readonly config: readonly string[] | undefined;
  readonly summary: readonly string[] | undefined;
}

/** Writes one row a run, in a form that was chosen. */
export async function writeRunTable(
  runs: Runs,
  columns: ChosenColumns,
  options: OutputOptions,
  context: Context,
): Promise<void> {
  const { signal } = context;
  const table = await runs.table({
    ...columns,
    format: "table",
    signal,
    onProgress: progressOf(context, "reading runs"),
  });
  if (options.format === "parquet") {
    const onWarning = ({ message }: { message: string }) => context.warn(message);
    const sink = () => openSink({}, context);
    return writeTableAsParquet(table, { out: options.out, sink, signal, onWarning });
  }
  await writeRows({ batches: one(table), columnsOfNone: [] }, options, context);
}
