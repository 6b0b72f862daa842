import { type Json, stringify } from "@lazyruns/json";
import { isNumber } from "./compare.ts";
import { QueryError } from "./query-error.ts";
import { type FieldReader, fieldReader, type QueryableRun } from "./queryable-run.ts";

/** Puts runs in order. */
export type Comparator = (a: QueryableRun, b: QueryableRun) => number;

const PLAIN = ["created_at", "createdAt", "updated_at", "updatedAt", "heartbeat_at", "heartbeatAt", "name"];
const NAMES = [...PLAIN, "display_name", "displayName", "state", "group", "job_type", "jobType", "duration"];

/**
 * Compiles an order: `[+-]key`, ascending unless it says `-`.
 *
 * Numbers come before text, text before booleans, these before anything else. Whichever way, runs that have NaN
 * there (they diverged) come after these, and runs without the key last of all. Equal runs keep the order in which
 * they were made, the reverse for `-`.
 *
 * @throws QueryError for a key that runs can't be ordered by
 */
export function compileOrder(text: string | null | undefined): Comparator {
  const order = text || "+created_at";
  const sign = order.startsWith("-") ? -1 : 1;
  const key = order.replace(/^[+-]/, "");
  const isPath = /^(?:config|summary_metrics)\../.test(key);
  const read: FieldReader | undefined = isPath || NAMES.includes(key) ? fieldReader(key) : undefined;
  if (read === undefined) {
    throw new QueryError(
      `Unknown order ${JSON.stringify(order)}; there are: created_at, updated_at, heartbeat_at, name, display_name, ` +
        "state, group, job_type, duration, config.KEY.value, summary_metrics.KEY, with + or - in front",
    );
  }
  return (a, b) => {
    const [left, right] = [read(a) ?? null, read(b) ?? null];
    const late = lateness(left) - lateness(right);
    return late || sign * (compareValues(left, right) || a.ordinal - b.ordinal);
  };
}

/** What comes late whichever way runs are ordered. */
function lateness(value: Json): number {
  return value === null ? 2 : Number.isNaN(value) ? 1 : 0;
}

/** A total order of all values. */
function compareValues(a: Json, b: Json): number {
  const kinds = kind(a) - kind(b);
  if (kinds !== 0) return kinds;
  if (isNumber(a) && isNumber(b)) return a < b ? -1 : a > b ? 1 : 0;
  const [left, right] = typeof a === "string" ? [a, b as string] : [stringify(a), stringify(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

function kind(value: Json): number {
  return isNumber(value) ? 0 : typeof value === "string" ? 1 : typeof value === "boolean" ? 2 : 3;
}
