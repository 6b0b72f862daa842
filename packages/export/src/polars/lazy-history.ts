import { InvalidArgumentError, type Run, type ScanOptions } from "@lazyruns/core";
import { type FrameOptions, loadPolars } from "@lazyruns/dataframes/polars";
import type { LazyDataFrame } from "nodejs-polars";

/** Which rows of a run a lazy frame has. */
export type LazyHistoryOptions = Omit<ScanOptions, "batchRows" | "stream" | "columns"> &
  Pick<FrameOptions, "onWarning">;

/**
 * A run's whole history, unsampled, as a lazy polars frame. What the server has exported to Parquet is fetched into the
 * cache when this is called (only the columns of `keys`, where they are given) and read when the frame is collected, by
 * polars itself, which passes over the columns and the row groups that the query doesn't need. What isn't exported yet, or
 * all of a run without exports, is read when this is called, and is part of the frame.
 *
 * The columns are those of `scanHistory({ format: "polars" })`: `run_id`, then the metrics by name. The rows are in the
 * order of their steps. The frame reads files of the cache: collect it before the cache makes room for others
 * (`LAZYRUNS_CACHE_MAX_BYTES`), and don't keep it for the next day.
 *
 * @throws InvalidArgumentError for options that can't be right, or a run without a history; ConfigurationError where
 *   nodejs-polars isn't there; what `run.scanHistory` throws
 * @example
 * const history = await lazyHistory(run, { keys: ["loss", "accuracy"], match: "any" });
 * const late = await history.filter(pl.col("_step").gt(900_000)).select(pl.col("loss").min()).collect();
 */
export async function lazyHistory(run: Run, options: LazyHistoryOptions = {}): Promise<LazyDataFrame> {
  const parts: LazyDataFrame[] = [];
  for await (const part of run.scanHistory({ ...options, format: "polars-lazy" })) parts.push(part);
  if (parts.length === 0) {
    throw new InvalidArgumentError(
      `Run ${run.id} has no rows such as were asked for, so that its columns aren't known.`,
    );
  }
  // What isn't exported may lack columns, or have whole numbers where the files have doubles.
  return parts.length === 1
    ? (parts[0] as LazyDataFrame)
    : loadPolars().concat(parts, { how: "diagonalRelaxed", rechunk: false });
}
