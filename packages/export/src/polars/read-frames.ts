import { type ExportedRows, LazyrunsError } from "@lazyruns/core";
import { type DataFrame, type FrameOptions, loadPolars, polarsNames } from "@lazyruns/dataframes/polars";
import type { LocalFile } from "../cache/stored-file.ts";
import { STEP } from "../parquet/footer.ts";
import type { OpenedFiles } from "../parquet/opened-files.ts";
import { groupsOf } from "../parquet/plan.ts";
import { type DirectPlan, planDirect, type Stretch } from "./direct-plan.ts";
import { type FrameMake, scanFile } from "./scan-file.ts";
import { framesOfTables } from "./tables.ts";

/** Rows of files as a frame. */
export interface MadeFrame<T> {
  readonly numRows: number;
  readonly value: T;
}

/** So much is read by polars at once, a next stretch while one is given. */
const MOST_BYTES = 128 << 20;

/**
 * Rows as frames that polars reads right from the cached files, of at most `batchRows` rows each.
 *
 * @returns undefined where the frames wouldn't be those of the rows' tables
 */
export function readFrames(
  opened: OpenedFiles,
  rows: ExportedRows,
  options: FrameOptions,
  mostBytes = MOST_BYTES,
): AsyncGenerator<MadeFrame<DataFrame>, void, undefined> | undefined {
  if (options.datetimes) return undefined; // it would be a column of datetimes
  const direct = planDirect(opened, rows, mostBytes);
  return direct && read(opened, rows, options, direct);
}

async function* read(
  opened: OpenedFiles,
  rows: ExportedRows,
  options: FrameOptions,
  direct: DirectPlan,
): AsyncGenerator<MadeFrame<DataFrame>, void, undefined> {
  const local = await fetchAll(direct, rows.signal);
  try {
    if (local === undefined) {
      for await (const value of framesOfTables(opened, rows, options)) yield { numRows: value.height, value };
      return;
    }
    const make = makeOf(opened, rows, options, direct);
    const collect = async (stretch: Stretch): Promise<DataFrame> => {
      const path = local.get(stretch.file)?.path as string;
      const frame = await scanFile(make, path, stretch).collect();
      return inStepOrder(make, stretch, frame);
    };
    let next = direct.stretches[0] && collect(direct.stretches[0]);
    for (const [index] of direct.stretches.entries()) {
      const frame = (await next) as DataFrame;
      rows.signal?.throwIfAborted();
      const following = direct.stretches[index + 1];
      next = following && collect(following);
      next?.catch(() => undefined); // it is told when it is asked for
      for (let at = 0; at < frame.height; at += rows.batchRows) {
        const value = frame.height <= rows.batchRows ? frame : frame.slice(at, rows.batchRows);
        yield { numRows: value.height, value };
      }
    }
  } finally {
    for (const file of local?.values() ?? []) file.release();
  }
}

/** How frames are made of what a plan reads. */
export function makeOf(
  opened: OpenedFiles,
  rows: ExportedRows,
  options: FrameOptions,
  direct: DirectPlan,
): FrameMake {
  const names = polarsNames(["run_id", ...direct.columns.map(({ name }) => name)], options).slice(1);
  return { polars: loadPolars(), runId: opened.run.id, direct, names, rows };
}

/** The files of a plan on this machine, decoded once; undefined where there is no cache. */
export async function fetchAll(
  { plan, stretches }: DirectPlan,
  signal: AbortSignal | undefined,
): Promise<Map<Stretch["file"], LocalFile> | undefined> {
  const local = new Map<Stretch["file"], LocalFile>();
  try {
    for (const { file, columns } of stretches) {
      if (local.has(file)) continue;
      const fetched = await file.fetchProved(columns, groupsOf(plan, file), signal);
      if (fetched === undefined) {
        for (const other of local.values()) other.release();
        return undefined;
      }
      local.set(file, fetched);
    }
    return local;
  } catch (error) {
    for (const other of local.values()) other.release();
    throw error;
  }
}

/**
 * A stretch's rows in the order of their steps, as they nearly always are.
 *
 * @throws LazyrunsError where the file's statistics say another thing than its rows
 */
function inStepOrder(
  { polars: pl, direct, names }: FrameMake,
  stretch: Stretch,
  frame: DataFrame,
): DataFrame {
  if (frame.height === 0) return frame;
  const step = names[direct.columns.findIndex(({ name }) => name === STEP)] as string;
  const steps = pl.col(step);
  const [rise, first, last] = frame
    .select(
      steps.diff({ n: 1, nullBehavior: "ignore" }).min().alias("rise"),
      steps.min().alias("first"),
      steps.max().alias("last"),
    )
    .row(0) as [number | null, number, number];
  const min = (stretch.units[0] as Stretch["units"][number]).steps.min;
  const max = (stretch.units.at(-1) as Stretch["units"][number]).steps.max;
  if (first < min || last > max) {
    throw new LazyrunsError(
      `${stretch.file.stored.name.label} contradicts itself: by its statistics it has the steps ${min} to ${max}, and its ` +
        `rows have ${first} to ${last}.`,
      { operation: "reading an exported history" },
    );
  }
  return rise !== null && rise < 0 ? frame.sort(step, false, false, true) : frame;
}
