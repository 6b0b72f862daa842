import type { Chunk } from "../table/chunk.ts";
import { takeRows } from "../table/take.ts";
import { doublesIn } from "./doubles.ts";
import type { Page } from "./pages.ts";
import { compareSteps, rowsWhere, stepsOf } from "./steps.ts";

/**
 * Exported rows and live ones together, in the order of their steps; of one step, the exported ones first.
 *
 * Some servers have exported rows in their pages, too: a live row that is the same as an exported one of its step is left
 * out.
 *
 * @param onDouble - told how many were left out
 */
export async function* joinLive(
  exported: AsyncGenerator<Chunk, void, undefined>,
  live: AsyncIterable<Page>,
  onDouble: (rows: number) => void,
): AsyncGenerator<Chunk, void, undefined> {
  const files = new Ahead(exported);
  try {
    for await (const { window, chunk } of live) {
      yield* files.takeBelow(window.start);
      const both: Chunk[] = [];
      for await (const piece of files.takeBelow(window.end)) both.push(piece);
      const doubles = both.length === 0 ? new Set<number>() : doublesIn(both, chunk);
      onDouble(doubles.size);
      yield* inTurns(
        both,
        rowsWhere(chunk, (_, row) => !doubles.has(row)),
      );
    }
    yield* files.takeBelow(Number.NaN);
  } finally {
    await exported.return();
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
      if (taken.numRows < chunk.numRows) {
        const rows = Int32Array.from(
          { length: chunk.numRows - taken.numRows },
          (_, row) => taken.numRows + row,
        );
        this.#left = takeRows(chunk, rows);
      }
      if (taken.numRows > 0) yield taken;
      if (this.#left !== undefined) return;
    }
  }

  async #next(): Promise<Chunk | undefined> {
    const next = await this.#chunks.next();
    return next.done ? undefined : next.value;
  }
}

/** The rows of ordered chunks and of one more, in the order of their steps. */
function* inTurns(chunks: readonly Chunk[], other: Chunk): Generator<Chunk, void, undefined> {
  const steps = stepsOf(other);
  let at = 0;
  for (const chunk of chunks) {
    const own = stepsOf(chunk);
    let from = 0;
    while (from < chunk.numRows) {
      const next = at < other.numRows ? (steps[at] as number | bigint) : Number.NaN;
      let to = from;
      while (to < chunk.numRows && compareSteps(own[to] as number, next) <= 0) to++;
      if (to > from) yield rowsFrom(chunk, from, to);
      from = to;
      if (from === chunk.numRows) break;
      const first = at;
      while (at < other.numRows && compareSteps(steps[at] as number, own[from] as number) < 0) at++;
      yield rowsFrom(other, first, at);
    }
  }
  if (at < other.numRows) yield rowsFrom(other, at, other.numRows);
}

function rowsFrom(chunk: Chunk, from: number, to: number): Chunk {
  if (from === 0 && to === chunk.numRows) return chunk;
  return takeRows(
    chunk,
    Int32Array.from({ length: to - from }, (_, row) => from + row),
  );
}
