/** How long one frame is drawn on, in milliseconds, before the next has its turn: the page stays alive. */
const BUDGET = 40;

/** Work that is done in the coming frames, each piece once however often it was asked for. */
export class DrawQueue {
  private readonly waiting = new Set<() => void>();
  private frame: number | undefined;
  private readonly onDone: () => void;

  /** @param onDone - told when nothing waits any more */
  constructor(onDone: () => void) {
    this.onDone = onDone;
  }

  /** Asks for a piece of work; what waits already keeps its place. */
  add(work: () => void): void {
    this.waiting.add(work);
    this.frame ??= requestAnimationFrame(() => this.run(BUDGET));
  }

  /** Takes a piece back. */
  delete(work: () => void): void {
    this.waiting.delete(work);
  }

  /** Does all that waits, now. */
  flush(): void {
    this.cancel();
    this.run(Number.POSITIVE_INFINITY);
  }

  dispose(): void {
    this.waiting.clear();
    this.cancel();
  }

  private cancel(): void {
    if (this.frame !== undefined) cancelAnimationFrame(this.frame);
    this.frame = undefined;
  }

  private run(budget: number): void {
    this.frame = undefined;
    const until = performance.now() + budget;
    for (const work of this.waiting) {
      this.waiting.delete(work);
      work();
      if (performance.now() > until) break;
    }
    if (this.waiting.size > 0) this.frame ??= requestAnimationFrame(() => this.run(BUDGET));
    // uPlot draws in a microtask of its own, which was asked for before this one.
    else queueMicrotask(this.onDone);
  }
}
