import type { Progress } from "./progress.ts";

/** A long call that has begun. */
export interface Work {
  /** What it does: `"histories"`, `"table"` or `"upgrade"`. */
  readonly operation: "histories" | "table" | "upgrade";
  readonly entity: string;
  readonly project: string;
}

/** Who is told of a piece of work. Each is called with how far it has come, and once when it has ended. */
export interface WorkObserver {
  progress(progress: Progress): void;
  /** @param error - what it failed with; absent when it went well or was left early */
  end(error?: unknown): void;
}

/** Told of each long call that begins; gives who is to be told of it from then on, or nothing. */
export type WorkListener = (work: Work) => WorkObserver | undefined;

const listeners = sharedListeners();

/**
 * Has a listener told of every long call of the process: `histories()`, `historyStream()`, `table()` and
 * `upgradeToFull()`, of any copy of this library. A call's own `onProgress` is told as well. What a listener throws is
 * dropped: it can't spoil the work.
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
export function beginWork(work: Work, onProgress: ((progress: Progress) => void) | undefined): WorkObserver {
  const observers = [...listeners].flatMap((listener) => quietly(() => listener(work)) ?? []);
  return {
    progress(progress) {
      for (const observer of observers) quietly(() => observer.progress(progress));
      onProgress?.(progress);
    },
    end(error) {
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
