import { now } from "./clock.ts";
import type { Db } from "./database.ts";
import { checkName } from "./names.ts";

/** A run as it is stored. `config` and `summary` are JSON text as the client wrote it. */
export interface RunRow {
  readonly id: number;
  readonly project_id: number;
  readonly name: string;
  readonly display_name: string;
  readonly state: string;
  /** JSON text of a list. */
  readonly tags: string;
  readonly group_name: string | null;
  readonly job_type: string | null;
  readonly sweep_name: string | null;
  readonly notes: string | null;
  readonly description: string | null;
  readonly commit_sha: string | null;
  readonly repo: string | null;
  readonly host: string | null;
  readonly program: string | null;
  readonly username: string;
  readonly config: string;
  readonly summary: string;
  readonly exit_code: number | null;
  readonly stop_asked: number;
  readonly created_at: string;
  readonly updated_at: string;
  readonly heartbeat_at: string;
  /** Raised with every change. */
  readonly version: number;
}

/** What may be written of a run; an absent field is left as it is. */
export type RunChange = {
  readonly [K in Exclude<keyof RunRow, "id" | "project_id" | "name" | "version" | "updated_at">]?:
    | RunRow[K]
    | undefined;
};

/** The runs of a database. */
export class RunStore {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  find(projectId: number, name: string): RunRow | undefined {
    return this.#db.get("SELECT * FROM runs WHERE project_id = ? AND name = ?", projectId, name);
  }

  byId(id: number): RunRow | undefined {
    return this.#db.get("SELECT * FROM runs WHERE id = ?", id);
  }

  /** All runs of a project in the order they were made, or those of the given names. */
  list(projectId: number, names?: readonly string[]): RunRow[] {
    if (names === undefined)
      return this.#db.all("SELECT * FROM runs WHERE project_id = ? ORDER BY id", projectId);
    return this.#db.all(
      "SELECT * FROM runs WHERE project_id = ? AND name IN (SELECT value FROM json_each(?)) ORDER BY id",
      projectId,
      JSON.stringify(names),
    );
  }

  /** @throws QueryError for a name that can't be one */
  insert(projectId: number, name: string, username: string, change: RunChange): RunRow {
    checkName("run", name);
    const at = now();
    const { lastInsertRowid } = this.#db.run(
      `INSERT INTO runs (project_id, name, display_name, state, username, created_at, updated_at, heartbeat_at)
       VALUES (?, ?, ?, 'running', ?, ?, ?, ?)`,
      projectId,
      name,
      name,
      username,
      at,
      at,
      at,
    );
    this.update(Number(lastInsertRowid), change);
    return this.byId(Number(lastInsertRowid)) as RunRow;
  }

  update(id: number, change: RunChange): void {
    const columns = Object.entries(change).filter(([, value]) => value !== undefined);
    const assignments = columns.map(([column]) => `${column} = ?, `).join("");
    const values = columns.map(([, value]) => value);
    this.#db.run(
      `UPDATE runs SET ${assignments} updated_at = ?, version = version + 1 WHERE id = ?`,
      ...values,
      now(),
      id,
    );
  }

  delete(id: number): void {
    this.#db.run("DELETE FROM runs WHERE id = ?", id);
  }
}
