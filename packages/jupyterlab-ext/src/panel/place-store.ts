import type { IStateDB } from "@jupyterlab/statedb";

/** Where people are in the panel. */
export interface Place {
  /** Undefined: that of whose API key it is. */
  readonly entity: string | undefined;
  /** Undefined: none is open. */
  readonly project: string | undefined;
}

const KEY = "@lazyruns/jupyterlab-ext:panel";

/** Keeps the place with the workspace. */
export class PlaceStore {
  private readonly db: IStateDB | null;

  /** @param db - null: the place is kept nowhere */
  constructor(db: IStateDB | null) {
    this.db = db;
  }

  /** Undefined: none is known. */
  async last(): Promise<Place | undefined> {
    try {
      const saved = (await this.db?.fetch(KEY)) as { entity?: unknown; project?: unknown } | undefined;
      if (typeof saved?.entity !== "string") return undefined;
      return { entity: saved.entity, project: typeof saved.project === "string" ? saved.project : undefined };
    } catch {
      return undefined;
    }
  }

  /** A place that can't be kept is no loss that people need to hear of. */
  keep({ entity, project }: Place): void {
    const place = { ...(entity !== undefined && { entity }), ...(project !== undefined && { project }) };
    this.db?.save(KEY, place).catch(() => undefined);
  }
}
