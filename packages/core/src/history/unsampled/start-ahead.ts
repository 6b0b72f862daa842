/** Work that can be begun before its turn. */
export interface Startable {
  /** Begins it; nothing the second time. */
  start(): void;
  /** About how much memory it takes until its turn. */
  readonly cost: number;
}

/** Items that are begun ahead of their turn, at the most. */
const MOST_AHEAD = 100;

/** Begins items ahead of their turn, as long as all that is begun costs no more than `budget`; one at the least. */
export async function* startAhead<T extends Startable>(
  items: AsyncIterator<T>,
  budget: number,
): AsyncGenerator<T, void, undefined> {
  const begun: T[] = [];
  let asked: Promise<void> | undefined;
  let ended = false;
  let failure: { readonly error: unknown } | undefined;
  const hasRoom = () =>
    begun.length === 0 ||
    (begun.length < MOST_AHEAD && begun.reduce((sum, { cost }) => sum + cost, 0) < budget);
  const pull = () => {
    if (asked !== undefined || ended || !hasRoom()) return;
    asked = items.next().then(
      (next) => {
        asked = undefined;
        if (next.done) {
          ended = true;
          return;
        }
        next.value.start();
        begun.push(next.value);
        pull();
      },
      (error: unknown) => {
        ended = true;
        failure = { error };
      },
    );
  };
  for (;;) {
    pull();
    const [item] = begun;
    if (item !== undefined) {
      yield item;
      begun.shift();
    } else if (ended) {
      if (failure !== undefined) throw failure.error;
      return;
    } else await asked;
  }
}
