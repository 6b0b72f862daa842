import {
  type ExportedBatch,
  type ExportedRows,
  type ExportedRun,
  LazyrunsError,
  type OpenedExports,
} from "@lazyruns/core";
import type { Cache } from "../cache/cache.ts";
import type { LocalFile } from "../cache/stored-file.ts";
import { inBatches } from "./batches.ts";
import type { Rows } from "./columns.ts";
import { ExportedFile, inOrder } from "./exported-file.ts";
import { STEP } from "./footer.ts";
import { matchRows } from "./match-rows.ts";
import { merge, type StepRange } from "./merge.ts";
import type { Extent } from "./step-statistics.ts";
import { stepsIn } from "./steps.ts";
import type { Unit } from "./unit.ts";
import { type FoundColumn, foundColumns, type WantedColumn, wantedColumns } from "./wanted-columns.ts";

/** Files that are opened or fetched at once. */
const AT_ONCE = 4;

/** What rows are read of: the units that may hold some, and the columns that they have. */
export interface Plan {
  readonly units: readonly Unit[];
  readonly wanted: readonly WantedColumn[];
  readonly range: StepRange;
}

/** The files of one run. */
export class OpenedFiles implements OpenedExports {
  readonly run: ExportedRun;
  readonly files: readonly ExportedFile[];
  readonly numRows: number;
  readonly lastStep: number | null;
  /** The steps of each row group. */
  readonly #steps: ReadonlyMap<ExportedFile["footer"]["rowGroups"][number], Extent>;

  private constructor(
    run: ExportedRun,
    files: readonly ExportedFile[],
    steps: ReadonlyMap<ExportedFile["footer"]["rowGroups"][number], Extent>,
  ) {
    this.run = run;
    this.#steps = steps;
    this.files = inStepOrder(files, (file) => this.#extentOf(file));
    this.numRows = files.reduce((sum, { footer }) => sum + footer.numRows, 0);
    const last = Math.max(...files.map((file) => this.#extentOf(file).max));
    this.lastStep = Number.isFinite(last) ? last : null;
  }

  /** Reads the files' footers, and the steps that they don't say. */
  static async open(run: ExportedRun, cache: Cache, signal: AbortSignal | undefined): Promise<OpenedFiles> {
    const files = await mapSome(inOrder(run), (url) => ExportedFile.open(run, url, cache, signal));
    const steps = new Map<ExportedFile["footer"]["rowGroups"][number], Extent>();
    for (const file of files) {
      for (const group of file.footer.rowGroups) {
        if (group.numRows > 0) steps.set(group, group.steps ?? (await readSteps(file, group, signal)));
      }
    }
    return new OpenedFiles(run, files, steps);
  }

  async *read(rows: ExportedRows): AsyncGenerator<ExportedBatch, void, undefined> {
    const { keys, match, signal, batchRows } = rows;
    const plan = this.plan(rows);
    const local = new Map<ExportedFile, Promise<LocalFile | undefined>>();
    try {
      const decode = async (unit: Unit): Promise<Rows> => {
        const { file, columns } = unit;
        const groups = plan.units.filter((other) => other.file === file).map(({ group }) => group);
        const fetching = local.get(file) ?? file.fetch(columns, groups, signal);
        local.set(file, fetching);
        await fetching;
        const decoded = await file.decode(unit.group, columns, plan.wanted, signal);
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

  /**
   * What has to be read for some rows.
   *
   * @throws LazyrunsError where a range of steps is asked of a file that has none
   */
  plan({ keys, match, minStep, maxStep }: ExportedRows): Plan {
    const range = {
      min: minStep ?? Number.NEGATIVE_INFINITY,
      below: maxStep ?? Number.POSITIVE_INFINITY,
    };
    const found = new Map(this.files.map((file) => [file, foundColumns(file.footer, keys)]));
    const units: Unit[] = [];
    for (const [file, columns] of found) {
      if (!holds(columns, keys, match)) continue;
      for (const group of file.footer.rowGroups) {
        const steps = this.#steps.get(group);
        if (steps === undefined) continue;
        const isRanged = minStep !== undefined || maxStep !== undefined;
        if (isRanged && !columns.some(({ name }) => name === STEP)) throw noSteps(file);
        if (steps.max < range.min || steps.min >= range.below) continue;
        units.push({ file, group, columns, steps, order: units.length });
      }
    }
    return { units, wanted: wantedColumns([...found.values()]), range };
  }

  #extentOf({ footer }: ExportedFile): Extent {
    const all = footer.rowGroups.flatMap((group) => this.#steps.get(group) ?? []);
    return {
      min: Math.min(...all.map(({ min }) => min)),
      max: Math.max(...all.map(({ max }) => max)),
    };
  }
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
  group: ExportedFile["footer"]["rowGroups"][number],
  signal: AbortSignal | undefined,
): Promise<Extent> {
  const columns = foundColumns(file.footer, []);
  if (columns.length === 0) return { min: Number.NEGATIVE_INFINITY, max: Number.NEGATIVE_INFINITY };
  const steps = stepsIn(await file.decode(group, columns, wantedColumns([columns]), signal));
  return steps.reduce<Extent>(
    (extent, step) => ({ min: Math.min(extent.min, step), max: Math.max(extent.max, step) }),
    {
      min: Number.POSITIVE_INFINITY,
      max: Number.NEGATIVE_INFINITY,
    },
  );
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
