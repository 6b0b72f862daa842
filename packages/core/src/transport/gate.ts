import { onAbort, sleep } from "../async/abort.ts";
import type { HeaderOf } from "./headers.ts";
import { Pacer } from "./pacer.ts";

/** What `Gate.enter` needs to know of the call that wants to send. */
interface Entering {
  readonly signal: AbortSignal;
  /** Makes the error for a wait that is longer than the call has time for. */
  readonly tooLong: (wait: number) => Error | undefined;
}

/**
 * The turn in which the socket of the last answer is taken up again by undici: who sends before makes it open another.
 * For all gates, as all may share the sockets.
 */
let turn: Promise<void> | undefined;

/** What each request to a server passes: only so many at once, and only as fast as the server allows. */
export class Gate {
  readonly pacer = new Pacer();
  #free: number;
  readonly #waiting = new Set<() => void>();

  constructor(places: number) {
    this.#free = places;
  }

  /** Waits for a place and its time, and gives what to call once the answer's body is in, or will never be. */
  async enter(entering: Entering): Promise<(header?: HeaderOf) => void> {
    this.#check(entering);
    await this.#place(entering.signal);
    try {
      await turn;
      for (let wait = this.#check(entering); wait > 0; wait = this.#check(entering)) {
        await sleep(wait, entering.signal);
      }
    } catch (error) {
      this.#leave();
      throw error;
    }
    this.pacer.sent();
    let left = false;
    return (header) => {
      if (left) return;
      left = true;
      this.pacer.ended(header);
      this.#leave();
    };
  }

  /** How long to wait; throws at once when that is too long. */
  #check({ signal, tooLong }: Entering): number {
    signal.throwIfAborted();
    const wait = this.pacer.wait();
    const error = wait > 0 ? tooLong(this.pacer.asked()) : undefined;
    if (error !== undefined) throw error;
    return wait;
  }

  async #place(signal: AbortSignal): Promise<void> {
    if (this.#free > 0) {
      this.#free--;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const take = () => {
        forget();
        resolve();
      };
      const forget = onAbort(signal, () => {
        this.#waiting.delete(take);
        reject(signal.reason);
      });
      this.#waiting.add(take);
    });
  }

  /** Gives the place on to who has waited longest. */
  #leave(): void {
    turn = new Promise((resolve) => setImmediate(resolve));
    const [next] = this.#waiting;
    if (next === undefined) this.#free++;
    else {
      this.#waiting.delete(next);
      next();
    }
  }
}
