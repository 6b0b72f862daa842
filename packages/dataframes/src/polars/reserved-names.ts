import type { Polars } from "./peer.ts";

/**
 * Whether a column of the name would hide a part of a polars frame: its proxy looks among the columns first, so that
 * `frame.filter` would be the column "filter". Asked of a frame without columns, for versions differ in their parts.
 */
export function reservedNames(polars: Polars): (name: string) => boolean {
  const empty = polars.DataFrame({}) as unknown as Readonly<Record<string, unknown>>;
  return (name) => {
    if (!Number.isNaN(Number(name))) return false; // the proxy takes it for a row's number, `""` and `" "` too
    try {
      return empty[name] !== undefined;
    } catch {
      return true; // a part that only works where there are columns
    }
  };
}
