import {
  AuthenticationError,
  ConfigurationError,
  type HistoryTable,
  LazyrunsError,
  NetworkError,
  PermissionError,
  RateLimitError,
  type Runs,
  ServerError,
  TimeoutError,
} from "@lazyruns/core";
import type { ExportStream } from "../dataset/manifest.ts";
import type { PartStager } from "../stage/part-stager.ts";
import type { PartialRun } from "../stage/read-stage.ts";

/** Runs that are scanned in one go: their ids are in each request that lists them. */
const RUNS_AT_ONCE = 2000;

/** What is to be staged, and who hears of it. */
export interface StageRowsOptions {
  readonly stream: ExportStream;
  readonly keys: readonly string[] | undefined;
  readonly batchRows: number;
  /** A run of which some rows are staged already: it is gone on with. */
  readonly partial: PartialRun | undefined;
  readonly signal: AbortSignal | undefined;
  /** Told of a run whose rows are all there. */
  readonly onRun: (id: string, rows: number) => void;
  /** Told of a run that can't be had, and why. The others go on. */
  readonly onProblem: (id: string, error: LazyrunsError) => void;
}

/** Runs to fetch, with the mark that their rows get. */
export type WantedRuns = ReadonlyMap<string, string>;

/** Fetches the rows of runs into staged parts. Runs that aren't there any more are passed over. */
export async function stageRows(
  runs: Runs,
  wanted: WantedRuns,
  stager: PartStager,
  options: StageRowsOptions,
): Promise<void> {
  let ids = [...wanted.keys()];
  try {
    const { partial } = options;
    if (partial !== undefined && (await goOn(runs, partial, stager, options))) {
      ids = ids.filter((id) => id !== partial.id);
    }
    let next: Runs | undefined;
    for (let at = 0; at < ids.length; at += RUNS_AT_ONCE) {
      const some = ids.slice(at, at + RUNS_AT_ONCE);
      const listed = next ?? runs.only(some);
      next = listedAhead(runs, ids.slice(at + RUNS_AT_ONCE, at + 2 * RUNS_AT_ONCE), options.signal);
      await stageSome(runs, listed, some, wanted, stager, options);
    }
    await stager.seal();
  } catch (error) {
    // What was fetched is worth keeping; where it can't be, the first failure is what matters.
    await stager.seal().catch(() => undefined);
    await stager.abort();
    throw error;
  }
}

/** Goes on with a run; where that fails on the run's own account, it is to be begun anew, which tells what is wrong. */
async function goOn(
  runs: Runs,
  partial: PartialRun,
  stager: PartStager,
  options: StageRowsOptions,
): Promise<boolean> {
  try {
    return await stageRest(runs, partial, stager, options);
  } catch (error) {
    if (runsOf(error, new Set([partial.id])).length === 0) throw error;
    return false;
  }
}

/**
 * Fetches the rows that a run has from the last staged step on. A run that isn't there any more, or has fewer rows in all
 * than the server says, is left to be fetched from its beginning.
 *
 * @returns whether all of its rows are staged
 */
async function stageRest(
  runs: Runs,
  { id, mark, lastStep, rows: staged, atLast }: PartialRun,
  stager: PartStager,
  { keys, batchRows, signal, onRun }: StageRowsOptions,
): Promise<boolean> {
  const [run] = await runs.only([id]).toArray({ signal });
  if (run === undefined) return false;
  let rows = staged - atLast;
  let from: number | undefined = lastStep;
  let held: HistoryTable | undefined;
  const options = { keys, match: "any", minStep: lastStep, batchRows, signal } as const;
  for await (const table of run.scanHistory(options)) {
    if (held !== undefined) {
      await stager.add({ id, mark }, held, { first: false, last: false, from });
      from = undefined;
    }
    held = table;
    rows += table.numRows;
  }
  if (held === undefined || (keys === undefined && rows < (run.historyLineCount ?? 0))) return false;
  await stager.add({ id, mark }, held, { first: false, last: true, from });
  onRun(id, rows);
  return true;
}

/** Has runs listed while those before them are scanned; a failure shows when their turn comes. */
function listedAhead(runs: Runs, ids: readonly string[], signal: AbortSignal | undefined): Runs | undefined {
  if (ids.length === 0) return undefined;
  const some = runs.only(ids);
  some.toArray({ signal }).catch(() => undefined);
  return some;
}

async function stageSome(
  runs: Runs,
  listed: Runs,
  ids: readonly string[],
  wanted: WantedRuns,
  stager: PartStager,
  { stream, keys, batchRows, signal, onRun, onProblem }: StageRowsOptions,
): Promise<void> {
  const left = new Set(ids);
  for (let some = listed; left.size > 0; some = runs.only([...left])) {
    await some.toArray({ signal });
    let under: string | undefined;
    let rows = 0;
    try {
      const scan = some.scanHistories({
        stream: stream === "system" ? "system" : "default",
        keys: stream === "system" ? undefined : keys,
        match: "any",
        batchRows,
        signal,
      });
      for await (const { run, table, isLast } of scan) {
        const { id } = run;
        const first = under !== id;
        under = id;
        rows = (first ? 0 : rows) + table.numRows;
        await stager.add({ id, mark: wanted.get(id) as string }, table, { first, last: isLast });
        if (!isLast) continue;
        under = undefined;
        left.delete(id);
        onRun(id, rows);
      }
      return;
    } catch (error) {
      const failed = runsOf(error, left);
      if (failed.length === 0) throw error;
      for (const id of failed) {
        left.delete(id);
        onProblem(id, error as LazyrunsError);
      }
    }
  }
}

/** What fails for all runs alike. */
const GENERAL = [
  AuthenticationError,
  ConfigurationError,
  NetworkError,
  PermissionError,
  RateLimitError,
  TimeoutError,
] as const;

/** The runs on which work failed, where it did so on their own account: the others can go on then. */
function runsOf(error: unknown, left: ReadonlySet<string>): string[] {
  if (!(error instanceof LazyrunsError) || GENERAL.some((kind) => error instanceof kind)) return [];
  const named = error.missing?.filter((id) => left.has(id)) ?? [];
  if (named.length > 0) return named;
  if (error instanceof ServerError) return []; // it refuses one run after another
  return error.run !== undefined && left.has(error.run) ? [error.run] : [];
}
