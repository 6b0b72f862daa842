import type { HistoryTable, RunTable } from "@lazyruns/core";
import type { DataFrame } from "nodejs-polars";
import { checkSource } from "../columns/source.ts";
import { checkFrameOptions, type FrameOptions } from "../options.ts";
import { buildFrame } from "./build-frame.ts";
import { loadPolars } from "./peer.ts";

/**
 * A table as a polars frame, of the package nodejs-polars, which is loaded by the first call.
 *
 * Whole numbers are Int64, the rest Float64, Boolean, String, and Datetime (UTC, to the millisecond); a column of nothing
 * but nulls is Null. Nested values are JSON text, or structs and lists by `nested: "struct"`. Null and NaN stay apart. A
 * `float64` column with some whole numbers beyond 2^53 has the nearest doubles, and a warning names it.
 *
 * A column whose name would hide a part of the frame (`filter`, `columns`) gets `_` behind its name, and a warning says
 * so: polars looks for `frame.filter` among the columns first. The rows lie in chunks of about 32,768, as if frames had
 * been put one below the other; `rechunk()` makes one of them.
 *
 * What polars gives back to JavaScript is rounded where it is beyond 2^53: Int64 comes as a `number`. Compute with it in
 * polars, cast it to text, or read such a column from the table.
 *
 * @throws InvalidArgumentError for what is no table, or options that can't be right; ConfigurationError, saying what to install, where
 *   nodejs-polars isn't there or doesn't load; LazyrunsError for a run with more than 2 GiB of text in a column
 * @example
 * const table = await runs.histories({ keys: ["loss"], format: "table" });
 * const frame = await toPolars(table, { datetimes: true });
 * frame.groupBy("run_id").agg(pl.col("loss").min().alias("best"));
 */
export async function toPolars(
  table: HistoryTable | RunTable<object>,
  options: FrameOptions = {},
): Promise<DataFrame> {
  checkSource(table);
  checkFrameOptions(options);
  return buildFrame(loadPolars(), table, options);
}
