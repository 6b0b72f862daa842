import type { Danfo } from "./peer.ts";

/**
 * Whether a column of the name would break a danfo frame, which makes every column a property of its own: one called
 * `shape` hides the frame's shape, `columns` calls itself without end, and `$data` is where the frame keeps its data. A
 * column without a name can't be sorted by. Asked of a frame without columns, for versions differ
 * in their parts.
 */
export function reservedNames({ DataFrame }: Danfo): (name: string) => boolean {
  const empty = new DataFrame([], { columns: [], dtypes: [] });
  return (name) => name === "" || name in empty;
}
