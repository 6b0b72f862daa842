import { show } from "../arguments.ts";
import { InvalidArgumentError } from "../errors.ts";

type Sign = "" | "+" | "-";

/**
 * How runs are ordered: `+` in front is ascending (the default), `-` descending. Runs without the key come last.
 *
 * @example "-summary_metrics.accuracy"
 */
export type Order =
  | `${Sign}${"created_at" | "createdAt" | "heartbeat_at" | "heartbeatAt" | "updated_at" | "updatedAt"}`
  | `${Sign}${"name" | "display_name" | "displayName" | "state"}`
  | `${Sign}${"config" | "summary_metrics"}.${string}`;

/** Oldest first, as in the reference. */
export const DEFAULT_ORDER = "+created_at" satisfies Order;

const KEYS =
  /^[+-]?(?:created_?at|heartbeat_?at|updated_?at|name|display_?name|state|(?:config|summary_metrics)\..+)$/i;

/** @throws InvalidArgumentError for a key that runs can't be ordered by. */
export function checkOrder(order: unknown): string {
  if (order === undefined) return DEFAULT_ORDER;
  if (typeof order === "string" && KEYS.test(order)) return order;
  throw new InvalidArgumentError(
    `order is ${show(order)}; it must be created_at, heartbeat_at, updated_at, name, display_name, state, ` +
      'config.KEY.value or summary_metrics.KEY, with "+" (ascending, the default) or "-" in front.',
  );
}
