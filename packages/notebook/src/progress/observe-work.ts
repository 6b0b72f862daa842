import type { Progress, Work, WorkObserver } from "@lazyruns/core";
import { shared } from "../kernel/shared.ts";
import { endedLine, runningLine, type Standing } from "./line.ts";
import { type Line, newLine } from "./sink.ts";

/** Calls that end sooner show nothing. */
const PATIENCE = 300;
/** The least time between two drawings. */
const PAUSE = 100;

/** Shows how far a long call is, in one line that becomes its result. */
export function observeWork(work: Work): WorkObserver | undefined {
  return shared.progress && shared.quiet.getStore() === undefined ? new ObservedWork(work) : undefined;
}

class ObservedWork implements WorkObserver {
  readonly #work: Work;
  readonly #began = performance.now();
  #progress: Progress | undefined;
  #line: Line | undefined;
  #drawnAt = Number.NEGATIVE_INFINITY;
  /** The next drawing. It keeps no process alive: who waits for the call does. */
  #timer: NodeJS.Timeout | undefined;

  constructor(work: Work) {
    this.#work = work;
    this.#drawIn(PATIENCE);
  }

  progress(progress: Progress): void {
    this.#progress = progress;
    if (this.#line !== undefined && this.#timer === undefined) {
      this.#drawIn(Math.max(this.#drawnAt + PAUSE - performance.now(), 0));
    }
  }

  end(error?: unknown): void {
    clearTimeout(this.#timer);
    this.#line?.end(endedLine(this.#standing, error));
  }

  get #standing(): Standing {
    const seconds = (performance.now() - this.#began) / 1000;
    return { work: this.#work, progress: this.#progress, seconds };
  }

  #drawIn(milliseconds: number): void {
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#line ??= newLine();
      this.#drawnAt = performance.now();
      this.#line?.draw(runningLine(this.#standing));
    }, milliseconds);
    this.#timer.unref();
  }
}
