import { now } from "./clock.ts";
import type { Db } from "./database.ts";
import { checkName } from "./names.ts";

/** A project as it is stored. */
export interface ProjectRow {
  readonly id: number;
  readonly entity: string;
  readonly name: string;
  readonly created_at: string;
}

/** The projects of a database. */
export class Projects {
  readonly #db: Db;

  constructor(db: Db) {
    this.#db = db;
  }

  find(entity: string, name: string): ProjectRow | undefined {
    return this.#db.get("SELECT * FROM projects WHERE entity = ? AND name = ?", entity, name);
  }

  byId(id: number): ProjectRow | undefined {
    return this.#db.get("SELECT * FROM projects WHERE id = ?", id);
  }

  list(entity: string): ProjectRow[] {
    return this.#db.all("SELECT * FROM projects WHERE entity = ? ORDER BY id", entity);
  }

  /**
   * Logging to a project that isn't there makes it, as on W&B.
   *
   * @throws QueryError for a name that can't be one
   */
  ensure(entity: string, name: string): ProjectRow {
    const known = this.find(entity, name);
    if (known !== undefined) return known;
    checkName("entity", entity);
    checkName("project", name);
    this.#db.run("INSERT INTO projects (entity, name, created_at) VALUES (?, ?, ?)", entity, name, now());
    return this.find(entity, name) as ProjectRow;
  }
}
