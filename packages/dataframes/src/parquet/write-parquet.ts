import { sep } from "node:path";
import { fileURLToPath } from "node:url";
import { type HistoryTable, InvalidArgumentError, type RunTable } from "@lazyruns/core";
import { ipcStream } from "../arrow/ipc-stream.ts";
import { planFrame } from "../columns/plan.ts";
import { checkSource, columnsOf } from "../columns/source.ts";
import { checkParquetOptions, type ParquetOptions } from "./options.ts";
import { ParquetWriter } from "./parquet-writer.ts";
import { pieceRows } from "./piece-rows.ts";

/** A slash at the end, or a dot behind one: without these it would be the path of a file. */
const NAMES_FOLDER = sep === "\\" ? /[\\/]\.?$/ : /\/\.?$/;

/**
 * Writes histories or a table of runs to a Parquet file, which DuckDB, polars and pandas read.
 *
 * The columns are those of the table, and their types as in an Arrow frame: whole numbers are 64 bits and exact,
 * metrics are doubles in which NaN stays NaN and an absent value is null, nested values are JSON text or, with
 * `nested: "struct"`, structs and lists. It is written in row groups, in bounded memory, and takes its name when it is
 * whole: a file that was there is replaced then and not before, with its permissions, and nothing is left of work that
 * failed.
 *
 * @param table - what `runs.histories` or `runs.table` gave with `format: "table"`; without rows, the file has its
 *   columns
 * @param path - the file, in a folder that exists
 * @throws InvalidArgumentError before any work, for what is no table, or for options or a path that can't be right (a
 *   missing folder is one)
 * @throws LazyrunsError when the file can't be written: the disk is full, or the folder takes no files of yours
 *
 * @example
 * const table = await runs.histories({ keys: ["loss"], format: "table" });
 * await writeParquet(table, "histories.parquet");
 * // in Python: polars.scan_parquet("histories.parquet"); in SQL: FROM 'histories.parquet'
 */
export async function writeParquet(
  table: HistoryTable | RunTable<object>,
  path: string | URL,
  options: ParquetOptions = {},
): Promise<void> {
  checkSource(table);
  checkParquetOptions(options);
  const target = checkPath(path);
  const { compression = "zstd", signal } = options;
  signal?.throwIfAborted();
  const plan = planFrame(table, options, { name: "Parquet" });
  const writer = await ParquetWriter.open(target, { columns: plan.columns, compression });
  try {
    for (const piece of plan.pieces(pieceRows(columnsOf(table)))) {
      signal?.throwIfAborted();
      await writer.write(ipcStream(plan, piece));
    }
    signal?.throwIfAborted();
    await writer.close();
  } catch (error) {
    await writer.abort();
    throw error;
  }
  plan.warner.finish();
}

function checkPath(path: unknown): string {
  const isFile = path instanceof URL && path.protocol === "file:";
  const file = isFile ? fileURLToPath(path) : path;
  if (typeof file === "string" && file !== "" && !file.includes("\0") && !NAMES_FOLDER.test(file))
    return file;
  const shown = path instanceof URL ? path.href : (JSON.stringify(path) ?? String(path));
  throw new InvalidArgumentError(
    `path is ${shown}; it must be the path of a file, such as "histories.parquet".`,
  );
}
