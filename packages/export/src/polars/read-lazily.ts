import type { ExportedRows } from "@lazyruns/core";
import { type FrameOptions, loadPolars } from "@lazyruns/dataframes/polars";
import type { LazyDataFrame } from "nodejs-polars";
import { STEP } from "../parquet/footer.ts";
import type { OpenedFiles } from "../parquet/opened-files.ts";
import { planDirect } from "./direct-plan.ts";
import { fetchAll, type MadeFrame, makeOf } from "./read-frames.ts";
import { scanFile } from "./scan-file.ts";
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
    const make = makeOf(opened, rows, options, direct);
    const step = make.names[direct.columns.findIndex(({ name }) => name === STEP)] as string;
    const pl = loadPolars();
    for (const stretch of direct.stretches) {
      const file = local.get(stretch.file);
      if (file === undefined) continue;
      const frame = scanFile(make, file.path, stretch);
      const steps = pl.col(step).diff({ n: 1, nullBehavior: "ignore" }).min().alias("rise");
      const [rise] = (await frame.select(steps).collect()).row(0) as [number | null];
      const isSorted = rise === null || rise >= 0;
      yield { numRows: stretch.numRows, value: isSorted ? frame : frame.sort(step, false, false, true) };
      file.release();
    }
    return;
  }
  for await (const frame of framesOfTables(opened, rows, options))
    yield { numRows: frame.height, value: frame.lazy() };
}
