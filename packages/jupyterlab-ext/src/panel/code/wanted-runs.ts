import type { RunsQuery } from "../server/runs-query.ts";

/** The runs that code is to read. */
export interface WantedRuns {
  readonly query: RunsQuery;
  /** The ids of the selected ones; undefined: all that the query finds. */
  readonly ids: readonly string[] | undefined;
}

/**
 * The regular expression that finds a text in any case. Letters stay letters: the servers' expressions have RE2's syntax.
 */
export function searchPattern(search: string): string {
  return `(?i)${search.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")}`;
}

/** The path of the only run, where it is one that a path can name. */
export function runPath({ query: { entity, project }, ids }: WantedRuns): string | undefined {
  const [id, ...others] = ids ?? [];
  if (id === undefined || others.length > 0 || id.includes("/") || id.trim() !== id) return undefined;
  return `${entity}/${project}/${id}`;
}
