import { abortable, follow, onAbort } from "./abort.ts";

/** What came of an item: a result, or smaller items that take its place. */
export type Divided<T, R> = { readonly result: R } | { readonly parts: readonly T[] };

interface DivisibleMapOptions {
  /** The most items worked on at once. */
  readonly inFlight: number;
  /** How far work may run ahead: only so many items from the one whose turn it is. */
  readonly window: number;
  readonly signal?: AbortSignal | undefined;
}

/** An item on its way. */
interface Place<T, R> {
  readonly item: T;
  state: "waiting" | "active" | "done" | "failed";
  result?: R;
  error?: unknown;
}

/**
 * Applies `work` to each item, several at a time, and yields the results in the items' order; an item may turn out to be
 * too large, and then be replaced by parts of it.
 *
 * The next item is made only when there is room for it, so that it may be decided late what it is. Work goes on while
 * the consumer is busy. When the consumer stops, or one item fails, the signal that the others were given is aborted.
 *
 * @param next - makes the next item; undefined when there are no more
 */
export async function* divisibleMap<T, R>(
  next: () => T | undefined,
  { inFlight, window, signal }: DivisibleMapOptions,
  work: (item: T, signal: AbortSignal) => Promise<Divided<T, R>>,
): AsyncGenerator<R, void, undefined> {
  const stop = new AbortController();
  const unfollow = follow(signal, stop);
  const places: Place<T, R>[] = [];
  let active = 0;
  let ended = false;
  let wake: () => void = () => undefined;

  const settle = (place: Place<T, R>, divided: Divided<T, R>) => {
    if ("result" in divided) {
      place.result = divided.result;
      place.state = "done";
    } else {
      const parts = divided.parts.map((item): Place<T, R> => ({ item, state: "waiting" }));
      places.splice(places.indexOf(place), 1, ...parts);
    }
  };
  const start = async (place: Place<T, R>) => {
    place.state = "active";
    active++;
    try {
      settle(place, await work(place.item, stop.signal));
    } catch (error) {
      place.error = error;
      place.state = "failed";
    }
    active--;
    pump();
    wake();
  };
  const waiting = () => {
    for (let index = 0; index < Math.min(window, places.length); index++) {
      const place = places[index] as Place<T, R>;
      if (place.state === "waiting") return place;
    }
    if (ended || places.length >= window) return undefined;
    const item = next();
    if (item === undefined) {
      ended = true;
      return undefined;
    }
    const place: Place<T, R> = { item, state: "waiting" };
    places.push(place);
    return place;
  };
  const pump = () => {
    while (active < inFlight && !stop.signal.aborted) {
      const place = waiting();
      if (place === undefined) return;
      start(place);
    }
  };
  const forget = onAbort(stop.signal, () => wake());

  try {
    for (;;) {
      stop.signal.throwIfAborted();
      pump();
      const [head] = places;
      if (head === undefined) return;
      if (head.state === "failed") throw head.error;
      if (head.state === "done") {
        places.shift();
        pump();
        yield head.result as R;
      } else {
        const woken = new Promise<void>((resolve) => {
          wake = resolve;
        });
        await abortable(woken, stop.signal);
      }
    }
  } finally {
    forget();
    unfollow();
    stop.abort();
  }
}
