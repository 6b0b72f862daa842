import { show } from "../arguments.ts";
import { InvalidArgumentError } from "../errors.ts";
import { fieldNamed } from "../filters/field-names.ts";
import { FIELDS, type Field } from "../filters/fields.ts";

type Sign = "" | "+" | "-";

/**
 * How runs are ordered: `+` in front is ascending (the default), `-` descending. Runs without the key come last.
 *
 * BEWARE of `name`: as in Python it is the run's ID; the name that people see is `displayName`.
 *
 * @example "-summary_metrics.accuracy"
 */
export type Order =
  | `${Sign}${"created_at" | "createdAt" | "heartbeat_at" | "heartbeatAt" | "updated_at" | "updatedAt"}`
  | `${Sign}${"name" | "id" | "runId" | "run_id" | "display_name" | "displayName"}`
  | `${Sign}${"state" | "group" | "job_type" | "jobType" | "duration" | "sweep" | "sweepName" | "sweep_name"}`
  | `${Sign}${"config" | "summary_metrics" | "summary" | "summaryMetrics"}.${string}`;

/** Oldest first, as in the reference. */
const DEFAULT_ORDER = "+created_at" satisfies Order;

/**
 * Checks an order and gives the text that is sent: the key as the server documents it, whichever way it was spelt.
 *
 * @throws InvalidArgumentError for a key that runs can't be ordered by.
 */
export function checkOrder(order: unknown): string {
  if (order === undefined) return DEFAULT_ORDER;
  const [, sign = "", name = ""] = (typeof order === "string" && /^([+-]?)(.+)$/s.exec(order)) || [];
  const key = sentKey(name);
  if (key !== undefined) return sign + key;
  const keys = (FIELDS as readonly Field[]).flatMap((field) => field.order?.replace("*", "KEY") ?? []);
  throw new InvalidArgumentError(
    `order is ${show(order)}; it must be one of ${keys.join(", ")}, with "+" (ascending, the default) or "-" in front.`,
  );
}

function sentKey(name: string): string | undefined {
  const named = fieldNamed(name);
  const order = named?.field.order;
  if (named === undefined || order === undefined) return undefined;
  if (!order.includes("*")) return order;
  const key = named.wire.slice(named.field.wire.length);
  // A path into a nested value, or one that names the `value` that wraps each entry of config, is as Python sends it.
  return key.includes(".") ? named.wire : order.replace("*", () => key);
}
