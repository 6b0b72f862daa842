import { createReadStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { HistoryTable, RunsWarning, RunTable } from "@lazyruns/core";
import type { Sink } from "./sink.ts";

/** How a table becomes a Parquet file. */
export interface ParquetTarget {
  /** The file; absent for `sink`. */
  readonly out: string | undefined;
  /** Opens where the bytes go when there is no file. */
  readonly sink: () => Promise<Sink>;
  readonly signal: AbortSignal;
  readonly onWarning: (warning: RunsWarning) => void;
}

/** Writes a table as a Parquet file, with zstd; to standard output by way of a temporary file. */
export async function writeTableAsParquet(
  table: HistoryTable | RunTable<object>,
  { out, sink, signal, onWarning }: ParquetTarget,
): Promise<void> {
  const { writeParquet } = await import("@lazyruns/dataframes/parquet");
  if (out !== undefined) return writeParquet(table, out, { signal, onWarning });
  const folder = await mkdtemp(join(tmpdir(), "lazyruns-"));
  try {
    const file = join(folder, "rows.parquet");
    await writeParquet(table, file, { signal, onWarning });
    const target = await sink();
    for await (const bytes of createReadStream(file)) await target.write(bytes);
    await target.close();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
