import { now } from "./clock.ts";
import type { Db } from "./database.ts";

/** A sweep as it is stored. `config` is YAML or JSON text as the client wrote it. */
export interface SweepRow {
  readonly id: number;
  readonly project_id: number;
  readonly name: string;
  readonly display_name: string | null;
  readonly state: string;
  readonly config: string;
  readonly description: string | null;
  /** How many of its runs agents were told to begin. */
  readonly handed_out: number;
  readonly created_at: string;
  readonly updated_at: string;
}

/** What may be written of a sweep; an absent field is left as it is. */
export type SweepChange = Partial<
  Pick<SweepRow, "display_name" | "state" | "config" | "description" | "handed_out">
>;

/** The sweeps of a database. */
export class Sweeps {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  find(projectId: number, name: string): SweepRow | undefined {
    return this.#db.get("SELECT * FROM sweeps WHERE project_id = ? AND name = ?", projectId, name);
  }

  byId(id: number): SweepRow | undefined {
    return this.#db.get("SELECT * FROM sweeps WHERE id = ?", id);
  }

  /** By its name alone, which is made at random and so is another sweep's in no project of the entity. */
  findIn(entity: string, name: string): SweepRow | undefined {
    return this.#db.get(
      `SELECT sweeps.* FROM sweeps JOIN projects ON projects.id = sweeps.project_id
       WHERE projects.entity = ? AND sweeps.name = ?`,
      entity,
      name,
    );
  }

  list(projectId: number): SweepRow[] {
    return this.#db.all("SELECT * FROM sweeps WHERE project_id = ? ORDER BY id", projectId);
  }

  insert(projectId: number, name: string, config: string): SweepRow {
    const at = now();
    this.#db.run(
      "INSERT INTO sweeps (project_id, name, state, config, created_at, updated_at) VALUES (?, ?, 'PENDING', ?, ?, ?)",
      projectId,
      name,
      config,
      at,
      at,
    );
    return this.find(projectId, name) as SweepRow;
  }

  update(id: number, change: SweepChange): void {
    const columns = Object.entries(change).filter(([, value]) => value !== undefined);
    const assignments = columns.map(([column]) => `${column} = ?, `).join("");
    this.#db.run(
      `UPDATE sweeps SET ${assignments} updated_at = ? WHERE id = ?`,
      ...columns.map(([, value]) => value),
      now(),
      id,
    );
  }

  runCount(projectId: number, name: string): number {
    const row = this.#db.get<{ count: number }>(
      "SELECT count(*) AS count FROM runs WHERE project_id = ? AND sweep_name = ?",
      projectId,
      name,
    );
    return row?.count ?? 0;
  }
}
