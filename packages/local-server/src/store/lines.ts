import { sampleIndexes } from "../history/index.ts";
import type { Db } from "./database.ts";
import { forgetStep, noteStep } from "./steps.ts";

/** The streams of lines that a run has. */
export type Stream = "history" | "events" | "output";

/** A line and its number in its stream. */
export interface Line {
  readonly number: number;
  readonly text: string;
}

/** Which lines of history are meant: those with a step in a range. */
export interface StepRange {
  readonly minStep: number;
  readonly maxStep: number;
  /** Whether `maxStep` is the first step that isn't meant, rather than the last one that is. */
  readonly endsBefore: boolean;
  /** Lines with smaller numbers aren't meant. */
  readonly fromLine: number;
  /** Nor are those from this number on. Default: all are. */
  readonly endLine?: number | undefined;
}

/** Lines of history by their numbers: `end` is the first one that isn't meant. */
export interface LineRange {
  readonly from: number;
  readonly end: number;
}

/** The line of history behind which a page begins. */
export interface StepCursor {
  readonly step: number;
  readonly number: number;
}

/** A line of history with its step. */
export type SteppedLine = Line & StepCursor;

/** The lines of all runs. Writing the same lines again, as a client that retries does, changes nothing. */
export class Lines {
  readonly #db: Db;
  #rewrites = 0;

  constructor(db: Db) {
    this.#db = db;
  }

  /** Writes line i at number `offset + i`. A line of the console may be written anew; the others only come to be. */
  write(runId: number, stream: Stream, offset: number, texts: readonly string[]): void {
    const count = this.count(runId, stream);
    for (const [index, text] of texts.entries()) {
      const number = offset + index;
      if (stream === "history" && !this.#prepareStep(runId, number, text, count)) continue;
      this.#db.run(
        `INSERT INTO lines (run_id, stream, number, text) VALUES (?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET text = excluded.text`,
        runId,
        stream,
        number,
        text,
      );
    }
  }

  /** Rises when a line of history is written that isn't behind all others of its run. */
  get rewrites(): number {
    return this.#rewrites;
  }

  count(runId: number, stream: Stream): number {
    const row = this.#db.get<{ count: number }>(
      "SELECT coalesce(max(number) + 1, 0) AS count FROM lines WHERE run_id = ? AND stream = ?",
      runId,
      stream,
    );
    return row?.count ?? 0;
  }

  read(runId: number, stream: Stream): string[] {
    const rows = this.#db.all<{ text: string }>(
      "SELECT text FROM lines WHERE run_id = ? AND stream = ? ORDER BY number",
      runId,
      stream,
    );
    return rows.map(({ text }) => text);
  }

  /** A sample of a stream, as `sampleIndexes` takes it; only the lines that it takes are read. */
  sample(runId: number, stream: Stream, samples: number): string[] {
    const count = this.count(runId, stream);
    if (count <= samples) return this.read(runId, stream);
    const numbers = sampleIndexes(count, samples);
    const rows = this.#texts(runId, stream, numbers);
    if (rows.length === numbers.length) return rows;
    const all = this.read(runId, stream); // a client has left out lines: indexes aren't their numbers
    return sampleIndexes(all.length, samples).map((index) => all[index] as string);
  }

  /** The lines of history in a range of steps, in order of their steps, those of one step as they were logged. */
  inSteps(runId: number, range: StepRange): string[] {
    const rows = this.#db.all<{ text: string }>(
      `SELECT text FROM steps JOIN lines USING (run_id, number)
       WHERE stream = 'history' AND ${within(range)} ORDER BY step, number`,
      ...boundsOf(runId, range),
    );
    return rows.map(({ text }) => text);
  }

  /** A sample of `inSteps`; only the lines that it takes are read. */
  sampleInSteps(runId: number, range: StepRange, samples: number): string[] {
    if (samples === 1) return this.#lastInSteps(runId, range);
    const count = this.#countInSteps(runId, range);
    if (count <= samples) return this.inSteps(runId, range);
    const rows = this.#db.all<{ text: string }>(
      `SELECT text FROM
         (SELECT run_id, number, step, row_number() OVER (ORDER BY step, number) - 1 AS place
          FROM steps WHERE ${within(range)}) JOIN lines USING (run_id, number)
       WHERE stream = 'history' AND place IN (SELECT value FROM json_each(?)) ORDER BY place`,
      ...boundsOf(runId, range),
      JSON.stringify(sampleIndexes(count, samples)),
    );
    return rows.map(({ text }) => text);
  }

  /** The line of history with the smallest step, of those from a number on. */
  firstInSteps(runId: number, fromLine: number): string | undefined {
    const row = this.#db.get<{ text: string }>(
      `SELECT text FROM steps JOIN lines USING (run_id, number)
       WHERE stream = 'history' AND run_id = ? AND number >= ? ORDER BY step, number LIMIT 1`,
      runId,
      fromLine,
    );
    return row?.text;
  }

  /** The next lines of `inSteps` behind one, at most `limit`. */
  pageInSteps(runId: number, range: StepRange, after: StepCursor, limit: number): SteppedLine[] {
    return this.#db.all(
      `SELECT step, number, text FROM steps JOIN lines USING (run_id, number)
       WHERE stream = 'history' AND ${within(range)} AND (step, number) > (?, ?) ORDER BY step, number LIMIT ?`,
      // The index is entered where the page begins, not where the range does.
      ...boundsOf(runId, { ...range, minStep: Math.max(range.minStep, after.step) }),
      after.step,
      after.number,
      limit,
    );
  }

  /** The lines of history of some numbers that are there, by their numbers. */
  withNumbers(runId: number, numbers: readonly number[]): Map<number, string> {
    const rows = this.#db.all<Line>(
      `SELECT number, text FROM lines WHERE run_id = ? AND stream = 'history'
         AND number IN (SELECT value FROM json_each(?))`,
      runId,
      JSON.stringify(numbers),
    );
    return new Map(rows.map(({ number, text }) => [number, text]));
  }

  /** The number of the first line of history that isn't there, from a number on. */
  endOfUnbroken(runId: number, from: number): number {
    const end = this.count(runId, "history");
    const row = this.#db.get<{ count: number }>(
      "SELECT count(*) AS count FROM lines WHERE run_id = ? AND stream = 'history' AND number >= ?",
      runId,
      from,
    );
    if (row?.count === end - from) return end;
    const before = this.#db.get<{ number: number }>(
      `SELECT number FROM lines AS line WHERE run_id = ? AND stream = 'history' AND number >= ? AND NOT EXISTS
         (SELECT 1 FROM lines WHERE run_id = line.run_id AND stream = 'history' AND number = line.number + 1)
       ORDER BY number LIMIT 1`,
      runId,
      from,
    );
    const isThere = this.#texts(runId, "history", [from]).length > 0;
    return isThere && before !== undefined ? before.number + 1 : from;
  }

  last(runId: number, stream: Stream): string | undefined {
    const row = this.#db.get<{ text: string }>(
      "SELECT text FROM lines WHERE run_id = ? AND stream = ? ORDER BY number DESC LIMIT 1",
      runId,
      stream,
    );
    return row?.text;
  }

  /** Numbered lines after one, at most `limit`. */
  page(runId: number, stream: Stream, after: number, limit: number): Line[] {
    return this.#db.all(
      "SELECT number, text FROM lines WHERE run_id = ? AND stream = ? AND number > ? ORDER BY number LIMIT ?",
      runId,
      stream,
      after,
      limit,
    );
  }

  #texts(runId: number, stream: Stream, numbers: readonly number[]): string[] {
    const rows = this.#db.all<{ text: string }>(
      `SELECT text FROM lines WHERE run_id = ? AND stream = ?
         AND number IN (SELECT value FROM json_each(?)) ORDER BY number`,
      runId,
      stream,
      JSON.stringify(numbers),
    );
    return rows.map(({ text }) => text);
  }

  /** What a sample of one takes. */
  #lastInSteps(runId: number, range: StepRange): string[] {
    const rows = this.#db.all<{ text: string }>(
      `SELECT text FROM steps JOIN lines USING (run_id, number)
       WHERE stream = 'history' AND ${within(range)} ORDER BY step DESC, number DESC LIMIT 1`,
      ...boundsOf(runId, range),
    );
    return rows.map(({ text }) => text);
  }

  #countInSteps(runId: number, range: StepRange): number {
    const row = this.#db.get<{ count: number }>(
      `SELECT count(*) AS count FROM steps WHERE ${within(range)}`,
      ...boundsOf(runId, range),
    );
    return row?.count ?? 0;
  }

  /** What was made out from the first lines of a run isn't so any more. */
  #rewrite(runId: number): void {
    this.#rewrites++;
    this.#db.run("DELETE FROM history_facts WHERE run_id = ?", runId);
  }

  /** Notes the step of a line to come; gives whether there is anything to write. */
  #prepareStep(runId: number, number: number, text: string, count: number): boolean {
    const [old] = number < count ? this.#texts(runId, "history", [number]) : [];
    if (old === text) return false;
    if (number < count) this.#rewrite(runId);
    if (old !== undefined) forgetStep(this.#db, runId, number, old);
    noteStep(this.#db, runId, number, text);
    return true;
  }
}

/** Where the first page begins. */
export const FIRST: StepCursor = { step: Number.NEGATIVE_INFINITY, number: -1 };

function within({ endsBefore }: StepRange): string {
  return `run_id = ? AND step >= ? AND step ${endsBefore ? "<" : "<="} ? AND number >= ? AND number < ?`;
}

function boundsOf(
  runId: number,
  { minStep, maxStep, fromLine, endLine = Number.MAX_SAFE_INTEGER }: StepRange,
): number[] {
  return [runId, minStep, maxStep, fromLine, endLine];
}
