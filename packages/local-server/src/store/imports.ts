import type { Db } from "./database.ts";

/** One `.wandb` file of a run, as far as it was imported. A run that was resumed has several. */
export interface ImportRow {
  readonly run_id: number;
  /** When the process that wrote the file began: that tells the files of a run apart, wherever they lie. */
  readonly started_at: string;
  /** How many records were read. */
  readonly records: number;
  /** What was added to the file's own steps. */
  readonly step_shift: number;
  /** The line at which each stream of the file begins in the run. */
  readonly history_from: number;
  readonly events_from: number;
  readonly output_from: number;
  /** The lines that all streams of the run had together, once the file was imported. */
  readonly lines_after: number;
}

/** What was imported, and from where on. */
export class Imports {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  /** The files of a run in the order they were imported; none for a run that was logged. */
  list(runId: number): ImportRow[] {
    return this.#db.all("SELECT * FROM imports WHERE run_id = ? ORDER BY rowid", runId);
  }

  /** Notes a file, or that more of it was imported. */
  note(row: ImportRow): void {
    this.#db.run(
      `INSERT INTO imports
         (run_id, started_at, records, step_shift, history_from, events_from, output_from, lines_after)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (run_id, started_at) DO UPDATE SET records = excluded.records, lines_after = excluded.lines_after`,
      row.run_id,
      row.started_at,
      row.records,
      row.step_shift,
      row.history_from,
      row.events_from,
      row.output_from,
      row.lines_after,
    );
  }
}
