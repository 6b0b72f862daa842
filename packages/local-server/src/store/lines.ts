import type { Db } from "./database.ts";

/** The streams of lines that a run has. */
export type Stream = "history" | "events" | "output";

/** The lines of all runs. Writing the same lines again, as a client that retries does, changes nothing. */
export class Lines {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  /** Writes line i at number `offset + i`. A line of the console may be written anew; the others only come to be. */
  write(runId: number, stream: Stream, offset: number, texts: readonly string[]): void {
    for (const [index, text] of texts.entries()) {
      this.#db.run(
        `INSERT INTO lines (run_id, stream, number, text) VALUES (?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET text = excluded.text`,
        runId,
        stream,
        offset + index,
        text,
      );
    }
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

  last(runId: number, stream: Stream): string | undefined {
    const row = this.#db.get<{ text: string }>(
      "SELECT text FROM lines WHERE run_id = ? AND stream = ? ORDER BY number DESC LIMIT 1",
      runId,
      stream,
    );
    return row?.text;
  }

  /** Numbered lines after one, at most `limit`. */
  page(runId: number, stream: Stream, after: number, limit: number): { number: number; text: string }[] {
    return this.#db.all(
      "SELECT number, text FROM lines WHERE run_id = ? AND stream = ? AND number > ? ORDER BY number LIMIT ?",
      runId,
      stream,
      after,
      limit,
    );
  }
}
