/** The longest that a timer can be set for; a longer one would ring at once. */
export const LONGEST_TIMER = 2 ** 31 - 1;

/** Who waits for a signal, and the one listener that tells them. */
interface Waiting {
  readonly callbacks: Set<() => void>;
  readonly ring: () => void;
}

const waitingFor = new WeakMap<AbortSignal, Waiting>();

/**
 * Calls back once when the signal aborts (at once when it has), until the function returned is called. However many
 * wait for one signal, it has one listener: Node warns of a leak when there are more than ten.
 */
export function onAbort(signal: AbortSignal, callback: () => void): () => void {
  if (signal.aborted) {
    callback();
    return () => undefined;
  }
  const { callbacks, ring } = waitingFor.get(signal) ?? listen(signal);
  const own = () => callback(); // the same callback may be given twice
  callbacks.add(own);
  return () => {
    if (!callbacks.delete(own) || callbacks.size > 0) return;
    waitingFor.delete(signal);
    signal.removeEventListener("abort", ring);
  };
}

function listen(signal: AbortSignal): Waiting {
  const callbacks = new Set<() => void>();
  const ring = () => {
    waitingFor.delete(signal);
    for (const callback of callbacks) callback();
  };
  const waiting = { callbacks, ring };
  waitingFor.set(signal, waiting);
  signal.addEventListener("abort", ring, { once: true });
  return waiting;
}

/** The caller's own wait for shared work: ends with the signal, while the work goes on for the others. */
export function abortable<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  return new Promise<T>((resolve, reject) => {
    const forget = onAbort(signal, () => reject(signal.reason));
    work.then(resolve, reject).finally(forget);
  });
}

/** Waits for no less than this, or rejects with the signal's reason as soon as it aborts. */
export async function sleep(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  const end = performance.now() + milliseconds;
  // A timer may ring up to a millisecond early, and can't be set for more than some weeks.
  for (let left = milliseconds; left > 0; left = end - performance.now()) {
    let timer: NodeJS.Timeout | undefined;
    const wait = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, Math.min(Math.ceil(left), LONGEST_TIMER));
    });
    await abortable(wait, signal).finally(() => clearTimeout(timer));
  }
}

/**
 * Aborts the controller when the signal aborts, until the function returned is called. (`AbortSignal.any` would leave
 * something behind on a signal that lives long, for each time it is used.)
 */
export function follow(signal: AbortSignal | undefined, controller: AbortController): () => void {
  if (signal === undefined) return () => undefined;
  return onAbort(signal, () => controller.abort(signal.reason));
}
