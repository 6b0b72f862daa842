import type { Db } from "./database.ts";

/** What was made out from the first lines of a run's history. */
export interface HistoryFacts {
  /** How many lines. */
  readonly lines: number;
  readonly facts: string;
}

/** Facts on long histories, so that they needn't be read again from the beginning. Nothing is lost without them. */
export class HistoryFactsStore {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  find(runId: number): HistoryFacts | undefined {
    return this.#db.get("SELECT lines, facts FROM history_facts WHERE run_id = ?", runId);
  }

  /** @throws the database's error when the run was deleted, or nothing can be written */
  write(runId: number, { lines, facts }: HistoryFacts): void {
    this.#db.run(
      "INSERT OR REPLACE INTO history_facts (run_id, lines, facts) VALUES (?, ?, ?)",
      runId,
      lines,
      facts,
    );
  }
}
