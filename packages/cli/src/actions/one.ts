/** One thing, as what comes piece by piece. */
export async function* one<T>(thing: T): AsyncGenerator<T, void, undefined> {
  yield thing;
}
