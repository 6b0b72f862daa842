import { follow } from "./abort.ts";

/**
 * Applies `work` to each item, at most `limit` at a time, and yields the results in the items' order.
 *
 * The source is asked for the next item only when a place is free, and a place is free only when a result has
 * been taken: memory is bounded by `limit`. When the consumer stops, or one item fails, the signal that the
 * others were given is aborted.
 */
export async function* orderedMap<T, R>(
  source: AsyncIterable<T> | Iterable<T>,
  limit: number,
  work: (item: T, signal: AbortSignal) => Promise<R>,
  signal?: AbortSignal,
): AsyncGenerator<R, void, undefined> {
  const stop = new AbortController();
  const unfollow = follow(signal, stop);
  const items = iterate(source);
  const results: Promise<R>[] = [];
  let next: Promise<IteratorResult<T>> | undefined = items.next();
  try {
    for (;;) {
      while (next !== undefined && results.length < limit) {
        // A slow source must not hold back a result that is ready.
        const first = await (results[0] === undefined ? next : Promise.race([next, settled(results[0])]));
        if (first === undefined) break;
        if (first.done) next = undefined;
        else {
          const result = work(first.value, stop.signal);
          result.catch(() => undefined); // it is reported when its turn comes
          results.push(result);
          next = items.next();
        }
      }
      const result = results.shift();
      if (result === undefined) return;
      yield await result;
    }
  } finally {
    unfollow();
    stop.abort();
    next?.catch(() => undefined);
    // Not awaited: a source that is waiting for the server would hold the consumer back.
    items.return().catch(() => undefined);
  }
}

async function* iterate<T>(source: AsyncIterable<T> | Iterable<T>): AsyncGenerator<T, void, undefined> {
  yield* source;
}

function settled(work: Promise<unknown>): Promise<undefined> {
  return work.then(
    () => undefined,
    () => undefined,
  );
}
