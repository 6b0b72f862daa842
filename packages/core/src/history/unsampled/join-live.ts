import { type Chunk, plainInteger } from "../table/chunk.ts";
import { takeRows } from "../table/take.ts";
import { doublesIn } from "./doubles.ts";
import type { Page } from "./pages.ts";
import { compareSteps, rowsWhere, stepsOf } from "./steps.ts";

/** What is known of the live rows that are joined. */
interface LivePages {
  /** The step from which on there are live rows. */
  readonly from: number;
  /** Whether pages hold exported rows, too: a live row that is the same as an exported one of its step is left out then. */
  readonly repeat: boolean;
}

/**
 * Exported rows and live ones together, in the order of their steps; of one step, the exported ones first. No more of
 * them are held than one chunk of each, however long a page's window is.
 */
export async function* joinLive(
  exported: AsyncGenerator<Chunk, void, undefined>,
  live: AsyncIterable<Page>,
  { from, repeat }: LivePages,
): AsyncGenerator<Chunk, void, undefined> {
  const files = new Ahead(exported);
  try {
    yield* files.takeBelow(from);
    for await (const { window, chunk } of live) {
      const rows = new LiveRows(chunk, repeat);
      for await (const piece of files.takeBelow(window.end)) yield* inTurns(piece, rows.takeWith(piece));
      const rest = rows.takeRest();
      if (rest.numRows > 0) yield rest;
    }
    yield* files.takeBelow(Number.NaN);
  } finally {
    await exported.return();
  }
}

/** The live rows of a page, taken as the exported ones come. */
class LiveRows {
  #left: Chunk;
  /** Steps by which to find the exported rows that may be here again; absent where pages don't repeat them. */
  readonly #steps: ReadonlySet<number | bigint> | undefined;
  /** Exported rows of these steps. */
  #twins: Chunk[] = [];

  constructor(chunk: Chunk, repeat: boolean) {
    this.#left = chunk;
    this.#steps = repeat ? new Set(Array.from(stepsOf(chunk), plainInteger)) : undefined;
  }

  /** The rows before the last step of exported ones, of whose last step more may follow. */
  takeWith(exported: Chunk): Chunk {
    const steps = this.#steps;
    if (steps !== undefined) this.#twins.push(rowsWhere(exported, (step) => steps.has(plainInteger(step))));
    const last = stepsOf(exported)[exported.numRows - 1] as number;
    const taken = this.#withoutDoubles(rowsWhere(this.#left, (step) => step < last));
    this.#left = rowsWhere(this.#left, (step) => !(step < last));
    this.#twins = this.#twins.map((twins) => rowsWhere(twins, (step) => !(step < last)));
    this.#twins = this.#twins.filter(({ numRows }) => numRows > 0);
    return taken;
  }

  takeRest(): Chunk {
    return this.#withoutDoubles(this.#left);
  }

  #withoutDoubles(chunk: Chunk): Chunk {
    if (chunk.numRows === 0 || this.#twins.length === 0) return chunk;
    const doubles = doublesIn(this.#twins, chunk);
    return rowsWhere(chunk, (_, row) => !doubles.has(row));
  }
}

/** Chunks in the order of steps, of which rows are taken as they are needed. */
class Ahead {
  readonly #chunks: AsyncIterator<Chunk>;
  #left: Chunk | undefined;

  constructor(chunks: AsyncIterator<Chunk>) {
    this.#chunks = chunks;
  }

  /** The rows up to a step, not those of it; all that are left for NaN. */
  async *takeBelow(end: number): AsyncGenerator<Chunk, void, undefined> {
    for (;;) {
      const chunk = this.#left ?? (await this.#next());
      this.#left = undefined;
      if (chunk === undefined) return;
      const taken = Number.isNaN(end) ? chunk : rowsWhere(chunk, (step) => step < end);
      if (taken.numRows < chunk.numRows) this.#left = rowsFrom(chunk, taken.numRows, chunk.numRows);
      if (taken.numRows > 0) yield taken;
      if (this.#left !== undefined) return;
    }
  }

  async #next(): Promise<Chunk | undefined> {
    const next = await this.#chunks.next();
    return next.done ? undefined : next.value;
  }
}

/** The rows of two ordered chunks, in the order of their steps; of one step, the first chunk's first. */
function* inTurns(first: Chunk, second: Chunk): Generator<Chunk, void, undefined> {
  const [ofFirst, ofSecond] = [stepsOf(first), stepsOf(second)];
  let at = 0;
  for (let from = 0; from < first.numRows; ) {
    let to = first.numRows;
    if (at < second.numRows) {
      to = from;
      while (to < first.numRows && compareSteps(ofFirst[to] as number, ofSecond[at] as number) <= 0) to++;
    }
    if (to > from) yield rowsFrom(first, from, to);
    from = to;
    if (from === first.numRows) break;
    const begin = at;
    while (at < second.numRows && compareSteps(ofSecond[at] as number, ofFirst[from] as number) < 0) at++;
    yield rowsFrom(second, begin, at);
  }
  if (at < second.numRows) yield rowsFrom(second, at, second.numRows);
}

function rowsFrom(chunk: Chunk, from: number, to: number): Chunk {
  if (from === 0 && to === chunk.numRows) return chunk;
  return takeRows(
    chunk,
    Int32Array.from({ length: to - from }, (_, row) => from + row),
  );
}
