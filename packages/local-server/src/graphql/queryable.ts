import { type Json, type JsonObject, parse } from "@lazyruns/json";
import { isObject } from "../is-object.ts";
import type { QueryableRun } from "../query/index.ts";
import type { RunRow } from "../store/runs.ts";
import { stateOf } from "./run-state.ts";

interface Parsed {
  readonly version: number;
  readonly config: JsonObject;
  readonly summary: JsonObject;
}

/** How many runs' parsed configs and summaries are remembered. */
const REMEMBERED = 20_000;

/** Makes runs queryable, and remembers what it parsed until the run changes. */
export class QueryableRuns {
  readonly #parsed = new Map<number, Parsed>();
  readonly #crashedAfter: number;

  constructor(crashedAfter: number) {
    this.#crashedAfter = crashedAfter;
  }

  of(row: RunRow): QueryableRun {
    // config and summary are parsed when a filter or an order first looks at them
    const parsed = () => this.#parse(row);
    return {
      ordinal: row.id,
      name: row.name,
      displayName: row.display_name,
      state: stateOf(row, this.#crashedAfter),
      group: row.group_name,
      jobType: row.job_type,
      tags: JSON.parse(row.tags) as string[],
      createdAt: row.created_at,
      updatedAt: row.updated_at,
      heartbeatAt: row.heartbeat_at,
      duration: (Date.parse(row.heartbeat_at) - Date.parse(row.created_at)) / 1000,
      username: row.username,
      sweep: row.sweep_name,
      notes: row.notes,
      host: row.host,
      get config() {
        return parsed().config;
      },
      get summary() {
        return parsed().summary;
      },
    };
  }

  #parse(row: RunRow): Parsed {
    const known = this.#parsed.get(row.id);
    if (known?.version === row.version) return known;
    const parsed = {
      version: row.version,
      config: objectOf(parse(row.config)),
      summary: objectOf(parse(row.summary)),
    };
    if (this.#parsed.size >= REMEMBERED) this.#parsed.clear();
    this.#parsed.set(row.id, parsed);
    return parsed;
  }
}

function objectOf(value: Json): JsonObject {
  return isObject(value) ? value : {};
}
