import { follow } from "./async/abort.ts";
import type { Progress, WorkOptions } from "./progress.ts";

/** A long call that has begun. */
export interface Work {
  /** What it does: `"histories"`, `"table"`, `"upgrade"`, or `"scan"` for whole histories. */
  readonly operation: "histories" | "table" | "upgrade" | "scan";
  readonly entity: string;
  readonly project: string;
}

/** Who is told of a piece of work. Each is called with how far it has come, and once when it has ended. */
export interface WorkObserver {
  progress(progress: Progress): void;
  /** @param error - what it failed with; absent when it went well or was left early */
  end(error?: unknown): void;
}

/**
 * Told of each long call that begins; gives who is to be told of it from then on, or nothing.
 *
 * @param stop - ends the call as its caller's signal would: it throws the reason, by default an `AbortError`
 */
export type WorkListener = (work: Work, stop: (reason?: unknown) => void) => WorkObserver | undefined;

/** A piece of work that is told of, and heeds this signal: the caller's, and the listeners'. */
export interface BegunWork extends WorkObserver {
  readonly signal: AbortSignal;
}

const listeners = sharedListeners();

/**
 * Has a listener told of every long call of the process: `histories()`, `historyStream()`, `table()`,
 * `upgradeToFull()`, `scanHistory()` and `scanHistories()`, of any copy of this library; it may end the call. A call's own `onProgress` is told as well. What a
 * listener throws is dropped: it can't spoil the work.
 *
 * @returns takes the listener away again
 * @example
 * const stop = onWork(({ operation, project }) => ({
 *   progress: ({ done, total }) => console.error(`${operation} of ${project}: ${done}/${total}`),
 *   end: () => undefined,
 * }));
 */
export function onWork(listener: WorkListener): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Tells of work that begins; what is given is told how it goes on, and so is the caller's own `onProgress`. */
export function beginWork(work: Work, { signal, onProgress }: WorkOptions): BegunWork {
  const controller = new AbortController();
  const unfollow = follow(signal, controller);
  const stop = (reason?: unknown) => controller.abort(reason);
  const observers = [...listeners].flatMap((listener) => quietly(() => listener(work, stop)) ?? []);
  return {
    signal: controller.signal,
    progress(progress) {
      for (const observer of observers) quietly(() => observer.progress(progress));
      onProgress?.(progress);
    },
    end(error) {
      unfollow();
      for (const observer of observers.splice(0)) quietly(() => observer.end(error));
    },
  };
}

function quietly<T>(tell: () => T): T | undefined {
  try {
    return tell();
  } catch {
    return undefined;
  }
}

function sharedListeners(): Set<WorkListener> {
  const key = Symbol.for("lazyruns.work");
  const shared = globalThis as { [key]?: Set<WorkListener> };
  shared[key] ??= new Set();
  return shared[key];
}
