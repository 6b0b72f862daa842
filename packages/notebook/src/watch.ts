import { InvalidArgumentError, type Runs } from "@lazyruns/core";
import { isRuns } from "./bundle/kinds.ts";
import { MOST_RUNS } from "./bundle/limits.ts";
import { onInterrupt } from "./kernel/interrupt.ts";
import { reasonOf } from "./kernel/note.ts";
import { shared } from "./kernel/shared.ts";
import { checkWhole } from "./options.ts";
import { checkShowOptions, type ShowOptions } from "./shown-runs.ts";
import { LiveRuns } from "./watching/live-runs.ts";
import { LiveView } from "./watching/live-view.ts";
import { poll } from "./watching/poll.ts";

/** How runs are watched, and what of them is shown. */
export interface WatchOptions extends ShowOptions {
  /** The pause between two questions, in milliseconds. Default 5000. It grows while the server can't be reached. */
  readonly every?: number | undefined;
  /** Ends watching; the call then returns as if the runs had finished. */
  readonly signal?: AbortSignal | undefined;
}

const DAY = 86_400_000;

/**
 * Shows runs in one output that is kept up to date while any of them is under way, and returns when all have ended. The
 * server is asked for the runs that are under way alone, by their ids, and then for the config, summary and sampled
 * histories (with `columns` and `keys`) of those that it has heard of since; a question that fails is told of in the
 * output and asked again. Runs that are created later aren't in it.
 *
 * Interrupting tslab's kernel ends it too. However it ends before the runs do, the output says that they are no longer
 * watched, and why. Outside a kernel the text is printed to stdout in the beginning and in the end,
 * and a line whenever a run's state changes.
 *
 * @throws InvalidArgumentError for a bad option, before anything is sent; what the first reading of the runs throws; later
 *   AuthenticationError, PermissionError, NotFoundError and ConfigurationError, which don't go away by asking again
 * @example
 * const runs = api.runs("team/project", { filters: { state: "running" } });
 * await lazyruns.watch(runs, { every: 10_000, keys: ["loss"], signal: AbortSignal.timeout(3_600_000) });
 */
export async function watch(runs: Runs, options: WatchOptions = {}): Promise<void> {
  if (typeof runs !== "object" || runs === null || !isRuns(runs)) {
    throw new InvalidArgumentError(
      "watch() takes a collection of runs, such as `api.runs(path)`; of one run, `runs.only([run.id])`.",
    );
  }
  checkShowOptions(options);
  checkWhole("every", options.every, 1, DAY);
  const stop = new AbortController();
  const forget = stopOn(stop, options.signal);
  try {
    await shared.quiet.run(true, () => follow(runs, options, stop.signal));
  } finally {
    forget();
  }
}

async function follow(runs: Runs, options: WatchOptions, signal: AbortSignal): Promise<void> {
  const { every = 5000, maxRows = MOST_RUNS } = options;
  const view = new LiveView(runs, options);
  const live = new LiveRuns(runs, { ...options, maxRows, signal });
  view.show(live);
  try {
    await live.begin();
    view.show(live);
    await poll(live, view, every, signal);
  } catch (error) {
    if (!signal.aborted) {
      view.end(live, `No longer watched. ${reasonOf(error)}`);
      throw error;
    }
  }
  view.end(live, signal.aborted ? "No longer watched." : undefined);
}

/** Stops with the caller's signal and with the cell that is interrupted. */
function stopOn(stop: AbortController, signal: AbortSignal | undefined): () => void {
  const abort = () => stop.abort();
  if (signal?.aborted) abort();
  signal?.addEventListener("abort", abort, { once: true });
  const forget = onInterrupt(abort);
  return () => {
    signal?.removeEventListener("abort", abort);
    forget();
  };
}
