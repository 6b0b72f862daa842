import type { HistoryTable, RunTable } from "@lazyruns/core";
import type { DataFrame } from "danfojs-node";
import { checkSource } from "../columns/source.ts";
import { buildFrame } from "./build-frame.ts";
import { checkDanfoOptions, type DanfoOptions } from "./options.ts";
import { loadDanfo } from "./peer.ts";

/**
 * A danfo frame of histories or of a table of runs: one row a row, one column a column, in the table's order. A table
 * without rows gives a frame without rows that has the columns.
 *
 * | in the table | in the frame | danfo's label |
 * |---|---|---|
 * | `float64` | numbers with every digit; NaN is NaN | `float32` |
 * | `int64` | numbers; beyond 2^53 the nearest, and a warning names the columns | `int32`, `float32` beyond 32 bits |
 * | `bool` | `true`, `false` | `boolean` |
 * | `utf8` | text | `string` |
 * | `json` | its JSON text | `string` |
 * | `datetime` | ISO 8601 text | `string` |
 * | `null` | null | `float32` |
 *
 * A row without a value has null. A column whose name would break the frame (`columns`, `shape`, `$data`, whatever else
 * is a part of a frame, the empty name) gets `_` behind its name, and a warning says so.
 *
 * @param table - of any copy of `@lazyruns/core` in the process
 * @returns a frame in danfo's low-memory mode: rows are stored once
 * @throws ConfigurationError when danfojs-node isn't installed or can't be loaded, InvalidArgumentError for what
 *   is no table, or options that can't be right
 * @example
 * const table = await runs.histories({ keys: ["loss"], format: "table" });
 * const frame = await toDanfo(table);
 * frame.groupby(["run_id"]).col(["loss"]).min().print();
 */
export async function toDanfo(
  table: HistoryTable | RunTable<object>,
  options: DanfoOptions = {},
): Promise<DataFrame> {
  checkSource(table);
  checkDanfoOptions(options);
  return buildFrame(loadDanfo(), table, options);
}
