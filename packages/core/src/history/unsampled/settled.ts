import type { Page } from "./pages.ts";

/** Pages that are held until it is known that their rows were all there: few at first, so that rows come soon. */
const HELD_FIRST = 2;
const MOST_HELD = 20;

/** Rows went from pages into files while they were asked for: from this step on they must be read again. */
export class MovedMeanwhile extends Error {
  readonly from: number;

  constructor(from: number) {
    super(`rows from step ${from} on were exported while they were read`);
    this.from = from;
  }
}

/**
 * Pages, each given when it is known that no rows had gone from pages into files when it was answered: the server leaves
 * those out of a page and doesn't say so.
 *
 * @param isSettled - asks the server whether that is so until now; told how many rows wait for it, and whether they are
 *   the last
 * @throws MovedMeanwhile where it isn't: all that is before its step was given, and nothing behind
 */
export async function* settled(
  pages: AsyncIterable<Page>,
  isSettled: (rows: number, isEnd: boolean) => Promise<boolean>,
): AsyncGenerator<Page, void, undefined> {
  let held: Page[] = [];
  let most = HELD_FIRST;
  const release = async (isEnd: boolean): Promise<readonly Page[]> => {
    const [first] = held;
    const released = held;
    held = [];
    const rows = released.reduce((sum, { chunk }) => sum + chunk.numRows, 0);
    if (first !== undefined && !(await isSettled(rows, isEnd))) throw new MovedMeanwhile(first.window.start);
    return released;
  };
  for await (const page of pages) {
    held.push(page);
    if (held.length < most) continue;
    most = Math.min(2 * most, MOST_HELD);
    yield* await release(false);
  }
  yield* await release(true);
}
