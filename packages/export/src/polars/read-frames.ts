import { existsSync } from "node:fs";
import { type ExportedRows, LazyrunsError } from "@lazyruns/core";
import { type DataFrame, type FrameOptions, loadPolars, polarsNames } from "@lazyruns/dataframes/polars";
import type { LocalFile } from "../cache/stored-file.ts";
import { STEP } from "../parquet/footer.ts";
import type { OpenedFiles } from "../parquet/opened-files.ts";
import { groupsOf } from "../parquet/plan.ts";
import { ChangedFileError } from "../remote/remote-file.ts";
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
  if (local === undefined) {
    for await (const value of framesOfTables(opened, rows, options)) yield { numRows: value.height, value };
    return;
  }
  try {
    const make = makeOf(opened, rows, options, direct);
    const collect = async (stretch: Stretch) =>
      inStepOrder(make, stretch, await collectStretch(make, stretch, local));
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
    for (const file of local.values()) file.release();
  }
}

/** @throws LazyrunsError naming the file that polars can't read */
async function collectStretch(
  make: FrameMake,
  stretch: Stretch,
  local: Map<Stretch["file"], LocalFile>,
): Promise<DataFrame> {
  const { file, columns } = stretch;
  const held = local.get(file) as LocalFile;
  try {
    return await scanFile(make, held.path, stretch).collect();
  } catch (error) {
    // Another process may have made room in the cache.
    const { direct, rows } = make;
    const isGone = !existsSync(held.path);
    const again = isGone
      ? await file.fetchProved(columns, groupsOf(direct.plan, file), rows.signal)
      : undefined;
    if (again === undefined) throw unreadable(stretch, error);
    held.release();
    local.set(file, again);
    return await scanFile(make, again.path, stretch).collect();
  }
}

function unreadable({ file }: Stretch, cause: unknown): LazyrunsError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new LazyrunsError(
    `${file.stored.name.label} can't be read by polars: ${reason}. The format "table" reads it in another way.`,
    { operation: "reading an exported history", cause },
  );
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

/**
 * The files of a plan on this machine, decoded once; undefined where there is no cache, or where one of them has changed
 * meanwhile, so that the plan is another.
 */
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
    if (error instanceof ChangedFileError) return undefined; // reading by tables begins with it once more
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
