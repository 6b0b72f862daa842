import type { HistoryTable, RunTable } from "@lazyruns/core";
import { type FrameKind, planFrame } from "../columns/plan.ts";
import { checkSource } from "../columns/source.ts";
import { checkFrameOptions, type FrameOptions } from "../options.ts";
import type { ArrowTable } from "./arrow-table.ts";
import { loadFlechette } from "./flechette.ts";
import { ipcMessages, ipcStream } from "./ipc-stream.ts";

/** Rows of a record batch: text of a batch must stay within 2 GiB a column, and a piece is what is there twice. */
const ROWS_PER_BATCH = 65_536;
const KIND: FrameKind = { name: "Arrow" };

/**
 * A table as an Arrow `Table` of flechette's (https://idl.uw.edu/flechette/), for arquero, DuckDB, charts.
 *
 * Whole numbers are Int64, read as exact bigints; the rest is doubles, booleans, text, nulls and timestamps (UTC, to the
 * millisecond), read as `Date`s. Nested values are JSON text, or structs and lists by `nested: "struct"`. Null and NaN
 * stay apart. A `float64` column with some whole numbers beyond 2^53 has the nearest doubles, and a
 * warning names it.
 *
 * @throws InvalidArgumentError for what is no table, or options that can't be right; LazyrunsError for more than 2 GiB of text in a
 *   column of 65,536 rows
 * @example
 * const table = await toArrow(await runs.histories({ keys: ["loss"], format: "table" }));
 * table.numRows; // 1000
 * table.getChild("loss")?.toArray(); // Float64Array(1000)
 */
export async function toArrow(
  table: HistoryTable | RunTable<object>,
  options: FrameOptions = {},
): Promise<ArrowTable> {
  checkSource(table);
  checkFrameOptions(options);
  const { tableFromIPC } = await loadFlechette();
  const plan = planFrame(table, options, KIND);
  const messages = [...ipcMessages(plan, plan.pieces(ROWS_PER_BATCH))];
  plan.warner.finish();
  return tableFromIPC(messages, { useBigInt: true, useDate: true }) as ArrowTable;
}

/**
 * A table as the bytes of an Arrow IPC stream (https://arrow.apache.org/docs/format/Columnar.html#ipc-streaming-format),
 * which any Arrow library reads: polars, pyarrow, DuckDB, apache-arrow. Types are as in `toArrow()`; JSON text has
 * `lazyruns.type` = `json` in its field's metadata, by which `fromArrow()` knows it. A record batch has at most 65,536
 * rows.
 *
 * @throws InvalidArgumentError for what is no table, or options that can't be right; LazyrunsError for more than 2 GiB of text in a
 *   column of 65,536 rows, or a table that doesn't fit into one array
 * @example
 * const table = await runs.histories({ format: "table" });
 * await writeFile("histories.arrows", toArrowIPC(table)); // in Python: polars.read_ipc_stream("histories.arrows")
 */
export function toArrowIPC(table: HistoryTable | RunTable<object>, options: FrameOptions = {}): Uint8Array {
  checkSource(table);
  checkFrameOptions(options);
  const plan = planFrame(table, options, KIND);
  const bytes = ipcStream(plan, ...plan.pieces(ROWS_PER_BATCH));
  plan.warner.finish();
  return bytes;
}
