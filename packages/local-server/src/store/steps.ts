import { stepOfLine } from "../history/index.ts";
import type { Db } from "./database.ts";

/** How many lines are read at once. */
const PAGE = 10_000;

/** Notes the step of a line of history, when it has one. */
export function noteStep(db: Db, runId: number, number: number, text: string): void {
  const step = stepOfLine(text);
  if (step !== undefined)
    db.run("INSERT OR IGNORE INTO steps (run_id, step, number) VALUES (?, ?, ?)", runId, step, number);
}

/** Forgets the step of a line that is written anew. */
export function forgetStep(db: Db, runId: number, number: number, text: string): void {
  const step = stepOfLine(text);
  if (step !== undefined)
    db.run("DELETE FROM steps WHERE run_id = ? AND step = ? AND number = ?", runId, step, number);
}

/** Notes the steps of all lines that are there, for a database that was made without. */
export function noteAllSteps(db: Db): void {
  for (const { id } of db.all<{ id: number }>("SELECT id FROM runs")) {
    let page: { number: number; text: string }[];
    let after = -1;
    do {
      page = db.all(
        "SELECT number, text FROM lines WHERE run_id = ? AND stream = 'history' AND number > ? ORDER BY number LIMIT ?",
        id,
        after,
        PAGE,
      );
      for (const { number, text } of page) noteStep(db, id, number, text);
      after = page.at(-1)?.number ?? after;
    } while (page.length === PAGE);
  }
}
