import { abortable, follow } from "../async/abort.ts";
import type { RunsCheckpoint } from "../listing/checkpoint.ts";
import type { Run } from "./run.ts";
import type { RunPage } from "./run-pages.ts";

/** A page of runs: a list, and the place behind it. */
export type RunsPage<R extends Run = Run> = readonly R[] & {
  /** What `resume` takes to go on behind this page. */
  readonly checkpoint: RunsCheckpoint;
};

/** The page as the caller gets it; `checkpoint` doesn't show among the list's own members. */
export function toRunsPage<R extends Run>(page: RunPage): RunsPage<R> {
  const checkpoint = { get: () => page.checkpoint(), enumerable: false };
  return Object.defineProperty([...page.runs], "checkpoint", checkpoint) as unknown as RunsPage<R>;
}

/**
 * Gives what `next` gives until it gives undefined, and asks for one more while the consumer works. When the consumer
 * stops, what is under way is aborted.
 */
export async function* oneAhead<P>(
  next: (signal: AbortSignal) => Promise<P | undefined>,
  signal: AbortSignal | undefined,
): AsyncGenerator<P, void, undefined> {
  const stop = new AbortController();
  const unfollow = follow(signal, stop);
  try {
    signal?.throwIfAborted();
    let coming = next(stop.signal);
    for (;;) {
      const page = await abortable(coming, signal);
      if (page === undefined) return;
      coming = next(stop.signal);
      coming.catch(() => undefined); // it is reported when its turn comes
      yield page;
      signal?.throwIfAborted();
    }
  } finally {
    unfollow();
    stop.abort();
  }
}
