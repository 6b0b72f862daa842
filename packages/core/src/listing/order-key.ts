import type { ListedNode } from "../graphql/wire.ts";

/** What an order means for going on with a listing later. */
export interface OrderKey {
  readonly isDescending: boolean;
  /** Whether a run's value never changes, so that two runs keep their order. */
  readonly isFixed: boolean;
  /** Whether new runs come last, too. */
  readonly isAppended: boolean;
  /** What a listed run is ordered by, as the server wrote it; null where the listing doesn't carry it. */
  valueOf(node: ListedNode): string | null;
}

const FIELDS = ["name", "createdAt", "heartbeatAt", "displayName", "state"];
const FIXED = ["name", "createdAt"];

/** Takes an order apart: `"-created_at"` and its like. */
export function orderKey(order: string): OrderKey {
  const bare = order.replace(/^[+-]/, "").replaceAll("_", "").toLowerCase();
  const field = FIELDS.find((name) => name.toLowerCase() === bare);
  const isDescending = order.startsWith("-");
  return {
    isDescending,
    isFixed: field !== undefined && FIXED.includes(field),
    isAppended: field === "createdAt" && !isDescending,
    valueOf(node) {
      const value = field === undefined ? undefined : (node as unknown as Record<string, unknown>)[field];
      return typeof value === "string" ? value : null;
    },
  };
}
