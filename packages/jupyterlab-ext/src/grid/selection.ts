/** Which rows are selected, by their ids, and where the next range starts from. Never changed: each step makes another. */
export interface Selection {
  readonly ids: ReadonlySet<string>;
  readonly anchor: string | undefined;
}

/** Nothing. */
export const NO_SELECTION: Selection = { ids: new Set(), anchor: undefined };

/** Selects one row and no other. */
export function selectOnly(id: string): Selection {
  return { ids: new Set([id]), anchor: id };
}

/** Selects a row, or no longer. */
export function toggleRow({ ids }: Selection, id: string): Selection {
  const next = new Set(ids);
  if (!next.delete(id)) next.add(id);
  return { ids: next, anchor: id };
}

/**
 * Selects all rows from the anchor to a row, and no others.
 *
 * @param order - the ids of all rows that are shown, in order
 * @param keep - keeps what is selected already
 */
export function selectTo(
  selection: Selection,
  id: string,
  order: readonly string[],
  keep = false,
): Selection {
  const to = order.indexOf(id);
  const anchored = selection.anchor === undefined ? -1 : order.indexOf(selection.anchor);
  const from = anchored < 0 ? to : anchored;
  const range = order.slice(Math.min(from, to), Math.max(from, to) + 1);
  const ids = new Set(keep ? [...selection.ids, ...range] : range);
  return { ids, anchor: order[from] };
}

/** Selects all rows that are shown; those that aren't stay as they are. */
export function selectAll(selection: Selection, order: readonly string[]): Selection {
  return { ids: new Set([...selection.ids, ...order]), anchor: selection.anchor ?? order[0] };
}

/** Of all that are shown: `"all"`, `"some"` or `"none"` are selected. */
export function howMany(selection: Selection, order: readonly string[]): "all" | "some" | "none" {
  let count = 0;
  if (selection.ids.size > 0) for (const id of order) if (selection.ids.has(id)) count++;
  if (count === 0) return "none";
  return count === order.length ? "all" : "some";
}
