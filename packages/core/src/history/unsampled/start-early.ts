/** What a generator gives, of which the first is under way at once. */
export function startEarly<T>(
  source: AsyncGenerator<T, void, undefined>,
): AsyncGenerator<T, void, undefined> {
  const first = source.next();
  first.catch(() => undefined); // shows when its turn comes
  return (async function* () {
    try {
      for (let next = await first; !next.done; next = await source.next()) yield next.value;
    } finally {
      await source.return();
    }
  })();
}
