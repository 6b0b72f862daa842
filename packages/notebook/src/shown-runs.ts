import { type HistoryTable, NotFoundError, type Run, type Runs } from "@lazyruns/core";
import { TIMES } from "./bundle/history/times.ts";
import { MOST_POINTS } from "./bundle/limits.ts";
import { type BundleOptions, checkBundleOptions } from "./bundle/options.ts";
import { checkNames, checkSignal, checkWhole } from "./options.ts";

/** What of a value is shown, and how much. */
export interface ShowOptions {
  /**
   * The columns, in this order: a field of the run (`"state"`, `"tags"`, `"createdAt"`, ...), or `"config."` or
   * `"summary."` with a key behind it, for which the shown runs are loaded. Default: the fields that say something, and
   * the config and summary keys that differ between the runs, where these are loaded.
   */
  readonly columns?: readonly string[] | undefined;
  /** The metrics whose sampled histories are drawn, a curve a run. Default: none. */
  readonly keys?: readonly string[] | undefined;
  /** With `keys`: how many rows of each history and metric are asked for. Default 200, or `maxPoints`. */
  readonly samples?: number | undefined;
  /** The most runs; of a history or a frame the most rows. Default 50, and 10. */
  readonly maxRows?: number | undefined;
  /** The most points of a curve. Default 200, and fewer where there are many curves; what is given here holds for each. */
  readonly maxPoints?: number | undefined;
  /** Ends the wait. */
  readonly signal?: AbortSignal | undefined;
}

/** @throws InvalidArgumentError naming the option, its value and what is allowed */
export function checkShowOptions(options: ShowOptions): void {
  const { columns, keys, samples, maxRows, maxPoints, signal } = options;
  checkBundleOptions({ columns, maxRows, maxPoints });
  checkNames("keys", keys, '["loss", "accuracy"]');
  checkWhole("samples", samples, 1);
  checkSignal(signal);
}

/** Whether the columns that are asked for are of what only full runs have. */
export function needsLoading({ columns }: ShowOptions): boolean {
  return columns?.some((name) => /^(config|summary)\./.test(name)) ?? false;
}

/**
 * Loads those that aren't full. Those of a page come in one request.
 *
 * @returns the ids of those that were deleted since they were listed, which stay as they are
 */
export async function loadAll(runs: readonly Run[], signal: AbortSignal | undefined): Promise<string[]> {
  const gone = await Promise.all(
    runs.map(async (run) => {
      try {
        await run.load({ signal });
        return [];
      } catch (error) {
        if (error instanceof NotFoundError && error.run === run.id) return [run.id];
        throw error;
      }
    }),
  );
  return gone.flat();
}

/** Some runs of a collection as a collection: itself, when it has these and no others, so that it isn't listed again. */
export function collectionOf(runs: Runs, some: readonly Run[]): Runs {
  const { fetched, isComplete } = runs.peek();
  return isComplete && fetched.length === some.length ? runs : runs.only(some.map(({ id }) => id));
}

/** The metrics with their times, along which curves can be drawn as well as along steps. */
function withTimes(keys: readonly string[]): string[] {
  return [...new Set([...keys, ...TIMES])];
}

/** The sampled histories of a collection, where `keys` are asked for. */
export async function historiesOf(
  runs: Runs,
  { keys, maxPoints = MOST_POINTS, samples = maxPoints, signal }: ShowOptions,
): Promise<HistoryTable | undefined> {
  if (keys === undefined || keys.length === 0 || runs.peek().total === 0) return undefined;
  return runs.histories({ keys: withTimes(keys), match: "any", samples, signal, format: "table" });
}

/** The same of one run. */
export async function historyOf(
  run: Run,
  { keys, maxPoints = MOST_POINTS, samples = maxPoints, signal }: ShowOptions,
): Promise<HistoryTable | undefined> {
  if (keys === undefined || keys.length === 0) return undefined;
  return run.history({ keys: withTimes(keys), match: "any", samples, signal, format: "table" });
}

/** What the bundle is made with. */
export function bundleOptions(
  { columns, keys, maxRows, maxPoints }: ShowOptions,
  histories: HistoryTable | undefined,
): BundleOptions {
  return { columns, maxRows, maxPoints, histories, keys };
}
