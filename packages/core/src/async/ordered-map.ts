import { abortable, follow, onAbort } from "./abort.ts";

/** How much of the work may be under way, and how far it may run ahead. */
interface OrderedMapOptions {
  /** The most items worked on at once. */
  readonly inFlight: number;
  /**
   * The most results that are under way or wait to be taken. Default: `inFlight`. A wider window keeps the others
   * going while the result whose turn it is takes long.
   */
  readonly window?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Applies `work` to each item, several at a time, and yields the results in the items' order.
 *
 * The source is asked for the next item only when a place is free, so that it may decide late what that item is, and
 * a place in the window is free only when a result has been taken: memory is bounded by `window`. Work goes on while
 * the consumer is busy. When the consumer stops, or one item fails, the signal that the others were given is aborted.
 */
export async function* orderedMap<T, R>(
  source: AsyncIterable<T> | Iterable<T>,
  { inFlight, window = inFlight, signal }: OrderedMapOptions,
  work: (item: T, signal: AbortSignal) => Promise<R>,
): AsyncGenerator<R, void, undefined> {
  const stop = new AbortController();
  const unfollow = follow(signal, stop);
  const items = iterate(source);
  const results: Promise<R>[] = [];
  let active = 0;
  let asking = false;
  let ended = false;
  let failure: { readonly error: unknown } | undefined;
  let wake: () => void = () => undefined;

  const end = (error?: { readonly error: unknown }) => {
    failure ??= error;
    ended = true;
    wake();
  };
  const start = async (item: T) => work(item, stop.signal);
  const pump = () => {
    if (asking || ended || active >= inFlight || results.length >= window) return;
    asking = true;
    items.next().then(
      (next) => {
        asking = false;
        if (ended) return;
        if (next.done) return end();
        active++;
        const result = start(next.value);
        results.push(result);
        const freed = () => {
          active--;
          pump();
        };
        result.then(freed, freed); // a failure is reported when its turn comes
        wake();
        pump();
      },
      (error: unknown) => end({ error }),
    );
  };
  const forget = onAbort(stop.signal, () => end({ error: stop.signal.reason }));

  try {
    for (;;) {
      stop.signal.throwIfAborted();
      pump();
      const [result] = results;
      if (result !== undefined) {
        const value = await abortable(result, stop.signal);
        results.shift();
        pump();
        yield value;
      } else if (ended) {
        if (failure !== undefined) throw failure.error;
        return;
      } else {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
  } finally {
    ended = true;
    forget();
    unfollow();
    stop.abort();
    // Not awaited: a source that is waiting for the server would hold the consumer back.
    items.return().catch(() => undefined);
  }
}

async function* iterate<T>(source: AsyncIterable<T> | Iterable<T>): AsyncGenerator<T, void, undefined> {
  yield* source;
}
