import {
  type ExportedBatch,
  type ExportedRows,
  type ExportedRun,
  LazyrunsError,
  type OpenedExports,
} from "@lazyruns/core";
import type { Cache } from "../cache/cache.ts";
import type { LocalFile } from "../cache/stored-file.ts";
import { type MadeFrame, readFrames } from "../polars/read-frames.ts";
import { readLazily } from "../polars/read-lazily.ts";
import { ChangedFileError } from "../remote/remote-file.ts";
import { inBatches } from "./batches.ts";
import type { Rows } from "./columns.ts";
import { ExportedFile, inOrder } from "./exported-file.ts";
import { type RowGroup, STEP } from "./footer.ts";
import { matchRows } from "./match-rows.ts";
import { merge } from "./merge.ts";
import { groupsOf, type Plan } from "./plan.ts";
import type { Extent } from "./step-statistics.ts";
import { stepsIn } from "./steps.ts";
import type { Unit } from "./unit.ts";
import { type FoundColumn, foundColumns, wantedColumns } from "./wanted-columns.ts";

/** Files that are opened or fetched at once. */
const AT_ONCE = 4;

/** The files of one run. */
export class OpenedFiles implements OpenedExports {
  readonly run: ExportedRun;
  readonly files: readonly ExportedFile[];
  readonly numRows: number;
  readonly lastStep: number | null;
  readonly #cache: Cache;
  /** The steps of each row group. */
  readonly #steps: ReadonlyMap<RowGroup, Extent>;

  private constructor(
    run: ExportedRun,
    cache: Cache,
    files: readonly ExportedFile[],
    steps: ReadonlyMap<RowGroup, Extent>,
  ) {
    this.run = run;
    this.#cache = cache;
    this.#steps = steps;
    this.files = inStepOrder(files, (file) => this.#extentOf(file));
    this.numRows = files.reduce((sum, { footer }) => sum + footer.numRows, 0);
    this.lastStep = files.reduce<number | null>((last, file) => later(last, this.#extentOf(file).last), null);
  }

  /** Reads the files' footers, and the steps that they don't say. A file that changes meanwhile is begun with once more. */
  static async open(run: ExportedRun, cache: Cache, signal: AbortSignal | undefined): Promise<OpenedFiles> {
    try {
      return await OpenedFiles.#open(run, cache, signal);
    } catch (error) {
      if (!(error instanceof ChangedFileError)) throw error;
      return await OpenedFiles.#open(run, cache, signal);
    }
  }

  static async #open(run: ExportedRun, cache: Cache, signal: AbortSignal | undefined): Promise<OpenedFiles> {
    const files = await mapSome(inOrder(run), (url) => ExportedFile.open(run, url, cache, signal));
    const steps = new Map<RowGroup, Extent>();
    for (const file of files) {
      for (const group of file.footer.rowGroups) {
        if (group.numRows > 0) steps.set(group, group.steps ?? (await readSteps(file, group, signal)));
      }
    }
    return new OpenedFiles(run, cache, files, steps);
  }

  async *read(rows: ExportedRows): AsyncGenerator<ExportedBatch, void, undefined> {
    let isBegun = false;
    try {
      for await (const batch of this.#read(rows)) {
        isBegun = true;
        yield batch;
      }
    } catch (error) {
      if (isBegun || !(error instanceof ChangedFileError)) throw error;
      yield* (await this.reopen(rows.signal)).#read(rows);
    }
  }

  /** The files as they are by now, for one has changed. */
  reopen(signal: AbortSignal | undefined): Promise<OpenedFiles> {
    return OpenedFiles.open(this.run, this.#cache, signal);
  }

  async *#read(rows: ExportedRows): AsyncGenerator<ExportedBatch, void, undefined> {
    const { keys, match, signal, batchRows } = rows;
    const plan = this.plan(rows);
    const local = new Map<ExportedFile, Promise<LocalFile | undefined>>();
    try {
      const decode = async (unit: Unit): Promise<Rows> => {
        const { file, columns } = unit;
        const fetch = (isAgain: boolean) => {
          const before = isAgain ? undefined : local.get(file);
          const fetching = before ?? file.fetch(columns, groupsOf(plan, file), signal);
          local.set(file, fetching);
          return fetching;
        };
        const decoded = await file.decode(unit.group, columns, plan.wanted, { fetch, signal });
        return keys === undefined ? decoded : matchRows(decoded, keys, match);
      };
      yield* inBatches(merge(plan.units, plan.range, decode), batchRows);
    } finally {
      for (const fetched of local.values()) {
        fetched.then(
          (file) => file?.release(),
          () => undefined,
        );
      }
    }
  }

  /** Frames of polars right from the files, where that comes out the same. */
  readAs(format: string, rows: ExportedRows, options: object): AsyncIterable<MadeFrame<unknown>> | undefined {
    if (format === "polars") return readFrames(this, rows, options);
    return format === "polars-lazy" ? readLazily(this, rows, options) : undefined;
  }

  /**
   * What has to be read for some rows.
   *
   * @throws LazyrunsError where a range of steps is asked of a file that has none
   */
  plan({ keys, match, minStep, maxStep }: ExportedRows): Plan {
    const isRanged = minStep !== undefined || maxStep !== undefined;
    const range = {
      min: minStep ?? Number.NEGATIVE_INFINITY,
      below: isRanged ? (maxStep ?? Number.POSITIVE_INFINITY) : undefined,
    };
    const found = new Map(this.files.map((file) => [file, foundColumns(file.footer, keys)]));
    const units: Unit[] = [];
    for (const [file, columns] of found) {
      if (!holds(columns, keys, match)) continue;
      for (const group of file.footer.rowGroups) {
        const steps = this.#steps.get(group);
        if (steps === undefined) continue;
        if (isRanged && !columns.some(({ name }) => name === STEP)) throw noSteps(file);
        if (range.below !== undefined && (isBefore(steps, range.min) || steps.min >= range.below)) continue;
        units.push({ file, group, columns, steps, order: units.length });
      }
    }
    return { units, wanted: wantedColumns([...found.values()]), range };
  }

  #extentOf({ footer }: ExportedFile): Extent {
    return footer.rowGroups.reduce<Extent>(
      (all, group) => uniteExtents(all, this.#steps.get(group)),
      NO_ROWS,
    );
  }
}

const NO_ROWS: Extent = { min: Number.POSITIVE_INFINITY, max: Number.NEGATIVE_INFINITY, last: null };

function uniteExtents(a: Extent, b: Extent = NO_ROWS): Extent {
  return { min: Math.min(a.min, b.min), max: Math.max(a.max, b.max), last: later(a.last, b.last) };
}

function later(a: number | null, b: number | null): number | null {
  return a === null ? b : Math.max(a, b ?? a);
}

function isBefore({ last }: Extent, min: number): boolean {
  return last === null || last < min;
}

/** Whether a file can have rows with the metrics. */
function holds(
  columns: readonly FoundColumn[],
  keys: readonly string[] | undefined,
  match: "all" | "any",
): boolean {
  if (keys === undefined) return true;
  const has = (key: string) => columns.some(({ name }) => name === key);
  return match === "all" ? keys.every(has) : keys.some(has);
}

/** The steps of a row group that has no statistics of them. */
async function readSteps(
  file: ExportedFile,
  group: RowGroup,
  signal: AbortSignal | undefined,
): Promise<Extent> {
  const columns = foundColumns(file.footer, []);
  if (columns.length === 0)
    return { min: Number.POSITIVE_INFINITY, max: Number.POSITIVE_INFINITY, last: null };
  const steps = stepsIn(await file.decode(group, columns, wantedColumns([columns]), { signal }));
  let extent = NO_ROWS;
  for (const step of steps) {
    extent = uniteExtents(extent, { min: step, max: step, last: Number.isFinite(step) ? step : null });
  }
  return extent;
}

function inStepOrder(
  files: readonly ExportedFile[],
  extentOf: (file: ExportedFile) => Extent,
): ExportedFile[] {
  const keyed = files.map((file) => ({ file, ...extentOf(file) }));
  const compare = (a: number, b: number) => (a < b ? -1 : a > b ? 1 : 0);
  return keyed.sort((a, b) => compare(a.min, b.min) || compare(a.max, b.max)).map(({ file }) => file);
}

async function mapSome<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const run = async () => {
    for (let index = next++; index < items.length; index = next++) {
      results[index] = await work(items[index] as T);
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, items.length) }, run));
  return results;
}

function noSteps({ stored }: ExportedFile): LazyrunsError {
  return new LazyrunsError(
    `${stored.name.label} has no column ${JSON.stringify(STEP)}, so that no range of steps can be read of it. ` +
      "Leave minStep and maxStep out.",
    { operation: "reading an exported history" },
  );
}
