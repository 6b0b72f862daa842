import { checkWhole } from "../arguments.ts";
import { sleep } from "../async/abort.ts";
import { askRun, type RunRef } from "../graphql/run.ts";
import { RUN_STATE } from "../graphql/run-documents.ts";
import type { WaitOptions } from "../progress.ts";

/** How to wait for the end of a run. */
export interface WaitUntilFinishedOptions extends WaitOptions {
  /**
   * The longest pause between two questions, in milliseconds. Default 10,000. The first pause is at most a second,
   * and each is half as long again as the one before.
   */
  readonly pollEvery?: number | undefined;
  /** Told of each answer. */
  readonly onProgress?: ((progress: RunProgress) => void) | undefined;
}

/** What is known of a run that is waited for. */
export interface RunProgress {
  /** `"running"`, `"pending"` or what else the server says. */
  readonly state: string | null;
  /** How many times the server was asked. */
  readonly polls: number;
}

const FIRST_PAUSE = 1_000;
const GROWTH = 1.5;
const DAY = 86_400_000;

/**
 * The states that a run doesn't leave by itself. A run that was preempted is started again, and a state that is not
 * known here may be one on the way.
 */
const ENDED = new Set(["finished", "failed", "crashed", "killed"]);

/** Asks for a run's state until it has ended, and gives that state. */
export async function waitUntilFinished(ref: RunRef, options: WaitUntilFinishedOptions): Promise<string> {
  const { pollEvery = 10_000, onProgress, signal } = options;
  checkWhole("pollEvery", pollEvery, 1, DAY);
  for (let polls = 1, pause = FIRST_PAUSE; ; polls++, pause *= GROWTH) {
    signal?.throwIfAborted();
    const { state } = await askRun<{ readonly state?: string | null }>(ref, {
      query: RUN_STATE,
      variables: {},
      operation: "waiting for a run",
      signal,
    });
    onProgress?.({ state: state ?? null, polls });
    if (state && ENDED.has(state)) return state;
    await sleep(Math.min(pause, pollEvery), signal);
  }
}
