import {
  AuthenticationError,
  ConfigurationError,
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

/** Runs that are scanned in one go: their ids are in each request that lists them. */
const RUNS_AT_ONCE = 2000;

/** What is to be staged, and who hears of it. */
export interface StageRowsOptions {
  readonly stream: ExportStream;
  readonly keys: readonly string[] | undefined;
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
  const ids = [...wanted.keys()];
  try {
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
    await stager.seal().catch(() => stager.abort());
    throw error;
  }
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
  { stream, keys, signal, onRun, onProblem }: StageRowsOptions,
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
