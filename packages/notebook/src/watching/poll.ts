import { setTimeout as sleep } from "node:timers/promises";
import {
  AuthenticationError,
  ConfigurationError,
  InvalidArgumentError,
  NotFoundError,
  PermissionError,
} from "@lazyruns/core";
import { reasonOf } from "../kernel/note.ts";
import type { LiveRuns } from "./live-runs.ts";
import type { LiveView } from "./live-view.ts";

/** Failures that asking again doesn't cure. */
const LASTING = [
  AuthenticationError,
  ConfigurationError,
  InvalidArgumentError,
  NotFoundError,
  PermissionError,
];
/** The longest pause between two questions that fail, but for one that was asked for. */
const LONGEST_PAUSE = 60_000;

/** Asks for the runs that are under way, and shows them, until there are none. Rejects when the signal aborts. */
export async function poll(
  live: LiveRuns,
  view: LiveView,
  every: number,
  signal: AbortSignal,
): Promise<void> {
  for (let failures = 0; live.underWay.length > 0; ) {
    const pause = Math.max(every, Math.min(every * 2 ** failures, LONGEST_PAUSE));
    await sleep(pause, undefined, { signal });
    try {
      await live.refresh();
      failures = 0;
      view.show(live);
    } catch (error) {
      if (signal.aborted || LASTING.some((kind) => error instanceof kind)) throw error;
      failures++;
      view.show(live, `The last question failed and is asked again. ${reasonOf(error)}`);
    }
  }
}
