import type { ExportedRows } from "@lazyruns/core";
import type { FrameOptions } from "@lazyruns/dataframes/polars";
import type { LazyDataFrame } from "nodejs-polars";
import type { LocalFile } from "../cache/stored-file.ts";
import { STEP } from "../parquet/footer.ts";
import type { OpenedFiles } from "../parquet/opened-files.ts";
import { planDirect, type Stretch } from "./direct-plan.ts";
import { fetchAll, type MadeFrame, makeOf } from "./read-frames.ts";
import { alikeIn, type FrameMake, scanFile } from "./scan-file.ts";
import { framesOfTables } from "./tables.ts";

/**
 * Rows as lazy frames over the cached files, one a file; as lazy frames of tables where polars can't read the files itself.
 */
export async function* readLazily(
  opened: OpenedFiles,
  rows: ExportedRows,
  options: FrameOptions,
): AsyncGenerator<MadeFrame<LazyDataFrame>, void, undefined> {
  const direct = options.datetimes ? undefined : planDirect(opened, rows, Number.POSITIVE_INFINITY);
  const local = direct && (await fetchAll(direct, rows.signal));
  if (direct !== undefined && local !== undefined) {
    try {
      const make = makeOf(opened, rows, options, direct);
      for (const stretch of direct.stretches) {
        const { path } = local.get(stretch.file) as LocalFile;
        yield { numRows: stretch.numRows, value: await scanInOrder(make, path, stretch) };
      }
    } finally {
      for (const file of local.values()) file.release();
    }
    return;
  }
  for await (const frame of framesOfTables(opened, rows, options))
    yield { numRows: frame.height, value: frame.lazy() };
}

/** The rows are in the order of their steps nearly always, and then nothing has to sort them. */
async function scanInOrder(make: FrameMake, path: string, stretch: Stretch): Promise<LazyDataFrame> {
  const { polars: pl, direct, names } = make;
  const step = names[direct.columns.findIndex(({ name }) => name === STEP)] as string;
  const frame = scanFile(make, path, stretch, await alikeIn(make, path, stretch));
  const rises = pl.col(step).diff({ n: 1, nullBehavior: "ignore" }).min();
  const [least] = (await frame.select(rises.alias("least")).collect()).row(0) as [number | null];
  return least === null || least >= 0 ? frame : frame.sort(step, false, false, true);
}
