/** The longest that a timer can be set for; a longer one would ring at once. */
export const LONGEST_TIMER = 2 ** 31 - 1;

/** The caller's own wait for shared work: ends with the signal, while the work goes on for the others. */
export function abortable<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  if (signal.aborted) return Promise.reject(signal.reason);
  return new Promise<T>((resolve, reject) => {
    const abort = () => reject(signal.reason);
    signal.addEventListener("abort", abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
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
  const abort = () => controller.abort(signal.reason);
  if (signal.aborted) abort();
  else signal.addEventListener("abort", abort, { once: true });
  return () => signal.removeEventListener("abort", abort);
}
