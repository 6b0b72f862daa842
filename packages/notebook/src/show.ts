import { inspect } from "node:util";
import type { Run, Runs } from "@lazyruns/core";
import { type ArrowTable, fromArrow } from "@lazyruns/dataframes";
import { checkApplying } from "./applying.ts";
import { bundleOf, collectionBundle, type MimeBundle } from "./bundle/bundle.ts";
import { isRun, isRuns } from "./bundle/kinds.ts";
import { MOST_RUNS } from "./bundle/limits.ts";
import type { BundleOptions } from "./bundle/options.ts";
import { deletedNote, withNote } from "./kernel/note.ts";
import { newDisplay } from "./kernel/output.ts";
import { isRunList, listHistories, peekedList } from "./run-list.ts";
import {
  bundleOptions,
  checkShowOptions,
  collectionOf,
  historiesOf,
  historyOf,
  loadAll,
  needsLoading,
  type ShowOptions,
} from "./shown-runs.ts";

/**
 * Shows a value as an output of the cell, and waits for what that needs; outside a kernel, prints its text to stdout.
 *
 * - Runs: the first `maxRows`, in as few pages as hold them; with `keys` their sampled histories too, which stay in the
 *   output, so that the curves are there without a kernel. Runs that turn out to be deleted are named below.
 * - A list of runs of one project, such as `await runs.slice(0, 3)`: the same; `keys` cost a request a run.
 * - A run: its card, with its config and summary; with `keys` its curves.
 * - Histories, also as an Arrow table, tables of runs, polars' and danfo's frames, plots: as they are.
 * - A promise: what it gives. Anything else: as `util.inspect` has it.
 *
 * A value as a cell's last expression shows itself too, but nothing waits for it.
 *
 * @throws InvalidArgumentError for a bad option, or one that means nothing for this value, before anything is sent; what
 *   reading the runs throws; the signal's reason
 * @example
 * await lazyruns.show(runs, { keys: ["loss"], columns: ["state", "config.lr", "summary.accuracy"], maxRows: 20 });
 */
export async function show(value: unknown, options: ShowOptions = {}): Promise<void> {
  checkShowOptions(options);
  const what = await known(await waited(value, options.signal));
  checkApplying(what, options);
  output(await bundleFor(what, options));
}

/** What a promise gives, unless the signal comes first. */
async function waited(value: unknown, signal: AbortSignal | undefined): Promise<unknown> {
  signal?.throwIfAborted();
  if (signal === undefined) return value;
  let abort: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(signal.reason);
    signal.addEventListener("abort", abort, { once: true });
  });
  try {
    return await Promise.race([value, aborted]);
  } finally {
    signal.removeEventListener("abort", abort as () => void);
  }
}

async function bundleFor(value: unknown, options: ShowOptions): Promise<MimeBundle> {
  if (typeof value === "object" && value !== null) {
    const { gone, ...fetched } = await fetchFor(value, options);
    const bundle = isRunList(value) ? collectionBundle(peekedList(value), fetched) : bundleOf(value, fetched);
    if (bundle !== undefined) return gone.length > 0 ? withNote(bundle, deletedNote(gone)) : bundle;
  }
  return { "text/plain": typeof value === "string" ? value : inspect(value) };
}

/** What a bundle is made with, and the ids of runs that were found to be deleted. */
interface Fetched extends BundleOptions {
  readonly gone: readonly string[];
}

async function fetchFor(value: object, options: ShowOptions): Promise<Fetched> {
  if (isRuns(value)) return fetchRuns(value, options);
  if (isRunList(value)) return fetchList(value, options);
  const fetched = isRun(value) ? await fetchRun(value, options) : bundleOptions(options, undefined);
  return { ...fetched, gone: [] };
}

async function fetchRuns(runs: Runs, options: ShowOptions): Promise<Fetched> {
  const { maxRows = MOST_RUNS, signal } = options;
  const shown = await runs.slice(0, maxRows, { signal });
  const [histories, gone] = await Promise.all([
    historiesOf(collectionOf(runs, shown), options),
    needsLoading(options) ? loadAll(shown, signal) : [],
  ]);
  return { ...bundleOptions(options, histories), gone };
}

async function fetchList(runs: readonly Run[], options: ShowOptions): Promise<Fetched> {
  const { maxRows = MOST_RUNS, signal } = options;
  const shown = runs.slice(0, maxRows);
  const [histories, gone] = await Promise.all([
    listHistories(shown, options),
    needsLoading(options) ? loadAll(shown, signal) : [],
  ]);
  return { ...bundleOptions(options, histories), gone };
}

async function fetchRun(run: Run, options: ShowOptions): Promise<BundleOptions> {
  const { signal } = options;
  const [histories] = await Promise.all([historyOf(run, options), run.load({ signal })]);
  return bundleOptions(options, histories);
}

/** Arrow's tables of histories as histories; anything else as it is. */
async function known(value: unknown): Promise<unknown> {
  if (typeof value !== "object" || value === null || !("schema" in value && "children" in value))
    return value;
  const table = value as Pick<ArrowTable, "schema" | "children">;
  const fields: unknown = (table.schema as { fields?: unknown } | undefined)?.fields;
  const isOfRuns = Array.isArray(fields) && fields.some((field) => field?.name === "run_id");
  return isOfRuns ? fromArrow(table) : value;
}

function output(bundle: MimeBundle): void {
  if (newDisplay(bundle) === undefined) console.log(bundle["text/plain"]);
}
