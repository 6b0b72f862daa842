import { abortable, onAbort } from "./abort.ts";

/** Work that several wait for. When each of them has gone (their signals aborted), it is ended. */
export class Shared<T> {
  readonly #result: Promise<T>;
  readonly #stop = new AbortController();
  #waiting = 0;

  constructor(work: (signal: AbortSignal) => Promise<T>) {
    this.#result = work(this.#stop.signal);
    this.#result.catch(() => undefined); // whoever waits is told
  }

  /** Whether it was ended because nobody waited any longer: who comes now needs new work. */
  get isAbandoned(): boolean {
    return this.#stop.signal.aborted;
  }

  /** When it is over, well or not. */
  async settled(): Promise<void> {
    await this.#result.catch(() => undefined);
  }

  /** Waits for the result, or until the signal aborts; who gives no signal stays to the end. */
  wait(signal?: AbortSignal): Promise<T> {
    this.#waiting++;
    if (signal === undefined) return this.#result;
    const forget = onAbort(signal, () => {
      if (--this.#waiting === 0) this.#stop.abort(signal.reason);
    });
    this.#result.then(forget, forget);
    return abortable(this.#result, signal);
  }
}
