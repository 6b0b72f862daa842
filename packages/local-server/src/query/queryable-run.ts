import type { Json, JsonObject } from "@lazyruns/json";
import { isObject } from "../is-object.ts";
import { QueryError } from "./query-error.ts";

/** A run as filters and orders see it. Absent values are null. */
export interface QueryableRun {
  /** The number in which runs were made: the tie-break of every order. */
  readonly ordinal: number;
  /** The run's id. */
  readonly name: string;
  readonly displayName: string;
  readonly state: string;
  readonly group: string | null;
  readonly jobType: string | null;
  readonly tags: readonly string[];
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly heartbeatAt: string;
  /** Seconds between the run's beginning and its last sign of life. */
  readonly duration: number;
  readonly username: string;
  readonly sweep: string | null;
  readonly notes: string | null;
  readonly host: string | null;
  /** `{key: {value}}`, as the client sends it. */
  readonly config: JsonObject;
  readonly summary: JsonObject;
}

/** What is at a field; `undefined` when there is nothing. */
export type FieldReader = (run: QueryableRun) => Json | undefined;

/** The plain fields (one that is null isn't there), under the names that the Python client and its documentation use. */
const FIELDS: ReadonlyMap<string, FieldReader> = new Map<string, FieldReader>([
  ["name", (run) => run.name],
  ["displayName", (run) => run.displayName],
  ["display_name", (run) => run.displayName],
  ["state", (run) => run.state],
  ["group", (run) => run.group ?? undefined],
  ["jobType", (run) => run.jobType ?? undefined],
  ["job_type", (run) => run.jobType ?? undefined],
  ["tags", (run) => [...run.tags]],
  ["createdAt", (run) => run.createdAt],
  ["created_at", (run) => run.createdAt],
  ["updatedAt", (run) => run.updatedAt],
  ["updated_at", (run) => run.updatedAt],
  ["heartbeatAt", (run) => run.heartbeatAt],
  ["heartbeat_at", (run) => run.heartbeatAt],
  ["duration", (run) => run.duration],
  ["username", (run) => run.username],
  ["sweep", (run) => run.sweep ?? undefined],
  ["notes", (run) => run.notes ?? undefined],
  ["host", (run) => run.host ?? undefined],
]);

/** The fields whose values are times: compared as moments, not as text. */
export const TIMES: ReadonlySet<string> = new Set([
  "createdAt",
  "created_at",
  "updatedAt",
  "updated_at",
  "heartbeatAt",
  "heartbeat_at",
]);

/** No path is longer: looking one up takes time with the square of its segments, for every run. */
const MAX_PATH = 1024;
const MAX_SEGMENTS = 64;

/**
 * The field of a name, or `undefined` when there is none of that name.
 *
 * @throws QueryError for a path of more than 64 segments or 1024 characters
 */
export function fieldReader(name: string): FieldReader | undefined {
  const plain = FIELDS.get(name);
  if (plain) return plain;
  if (name.length > MAX_PATH || name.split(".").length > MAX_SEGMENTS) {
    throw new QueryError(
      `The field ${JSON.stringify(name.slice(0, 80))}... is too long: a path may have ${MAX_SEGMENTS} segments and ` +
        `${MAX_PATH} characters`,
    );
  }
  const dot = name.indexOf(".");
  const path = name.slice(dot + 1);
  if (dot < 0 || path === "") return undefined;
  switch (name.slice(0, dot)) {
    case "config":
      return (run) => configValue(run.config, path);
    case "summary_metrics":
      return (run) => valueAt(run.summary, path);
    case "tags":
      return (run) => run.tags.includes(path) || undefined;
    default:
      return undefined;
  }
}

/**
 * What is at a path of config. The `value` that wraps each entry may be named or not, at the key or at the end:
 * `lr`, `lr.value`, `opt.name`, `opt.value.name` and `opt.name.value` all lead where the Python client's users expect.
 */
function configValue(config: JsonObject, path: string): Json | undefined {
  for (const [key, rest] of splits(path)) {
    if (!Object.hasOwn(config, key)) continue;
    const entry = config[key];
    const value = isObject(entry) && Object.hasOwn(entry, "value") ? entry.value : entry;
    const found = wrappedValue(value, rest);
    if (found !== undefined) return found;
  }
  return undefined;
}

function wrappedValue(value: Json | undefined, rest: string): Json | undefined {
  if (rest === "") return value;
  const found = valueAt(value, rest);
  if (found !== undefined) return found;
  if (rest === "value") return value;
  const inner = rest.startsWith("value.") ? rest.slice("value.".length) : rest;
  return (inner === rest ? undefined : valueAt(value, inner)) ?? unwrappedEnd(value, inner);
}

function unwrappedEnd(value: Json | undefined, rest: string): Json | undefined {
  return rest.endsWith(".value") ? valueAt(value, rest.slice(0, -".value".length)) : undefined;
}

/** What is at a dotted path. A key that itself holds dots is found too, the longest one first. */
function valueAt(value: Json | undefined, path: string): Json | undefined {
  if (!isObject(value)) return undefined;
  for (const [key, rest] of splits(path)) {
    if (!Object.hasOwn(value, key)) continue;
    const found = rest === "" ? value[key] : valueAt(value[key], rest);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The ways to take a key off a path, the longest key first; nothing is left when the key is all of it. */
function* splits(path: string): Generator<[key: string, rest: string]> {
  yield [path, ""];
  for (let dot = path.lastIndexOf("."); dot > 0; dot = path.lastIndexOf(".", dot - 1)) {
    if (dot < path.length - 1) yield [path.slice(0, dot), path.slice(dot + 1)];
  }
}
