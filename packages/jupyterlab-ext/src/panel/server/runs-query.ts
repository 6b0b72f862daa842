/** Which runs of a project are listed, and how. */
export interface RunsQuery {
  readonly entity: string;
  readonly project: string;
  /** Empty: any. */
  readonly states: readonly string[];
  /** Text that the name or the id holds; empty: any. */
  readonly search: string;
  /** As the server has it: `-created_at`, `+summary_metrics.accuracy`. */
  readonly order: string;
}

/** Newest first. */
export const DEFAULT_ORDER = "-created_at";

/**
 * The server's name for what people write to sort by: `accuracy` and `summary.accuracy` are `summary_metrics.accuracy`,
 * `config.lr` is `config.lr.value`, for it is stored in an object. A path into a nested config is left as it is.
 *
 * @returns undefined for a name that is empty
 */
export function metricOrder(written: string, isAscending: boolean): string | undefined {
  const name = written.trim();
  const [, family, key = name] = /^(config|summary|summary_metrics)\.(.*)$/s.exec(name) ?? [];
  if (key === "") return undefined;
  const sign = isAscending ? "+" : "-";
  if (family !== "config") return `${sign}summary_metrics.${key}`;
  return `${sign}config.${key.includes(".") ? key : `${key}.value`}`;
}
