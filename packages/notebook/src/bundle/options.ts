import { type HistoryTable, InvalidArgumentError } from "@lazyruns/core";

/** What of a value is shown, and how much. */
export interface BundleOptions {
  /**
   * Of runs: the columns, in this order. A field of the run (`"state"`, `"tags"`, `"createdAt"`, `"runtime"`, ...), or
   * `"config."` or `"summary."` with a key behind it; nested keys by dots. The name comes first in any case. Default: the
   * fields that say something, and the config and summary keys that differ between the runs.
   */
  readonly columns?: readonly string[] | undefined;
  /** The most runs shown; of a history or a frame the most rows, half of them its last. Default 50, and 10. */
  readonly maxRows?: number | undefined;
  /** The most points of a curve. Default 200, and fewer where there are many curves. */
  readonly maxPoints?: number | undefined;
  /** Of runs: their histories, which are drawn as a curve a run and metric. Default: none. */
  readonly histories?: HistoryTable | undefined;
}

/** @throws InvalidArgumentError naming the option, its value and what is allowed. */
export function checkBundleOptions(options: BundleOptions): void {
  checkWhole("maxRows", options.maxRows, 1);
  checkWhole("maxPoints", options.maxPoints, 2);
  const { columns } = options;
  if (columns === undefined) return;
  if (!Array.isArray(columns) || columns.some((name) => typeof name !== "string" || name === "")) {
    throw new InvalidArgumentError(
      'columns must be a list of names, such as ["state", "config.lr", "summary.accuracy"].',
    );
  }
}

/** Refuses what isn't a whole number of at least `least`; an absent one is fine. */
function checkWhole(name: string, value: unknown, least: number): void {
  if (value === undefined || (Number.isSafeInteger(value) && (value as number) >= least)) return;
  const shown = typeof value === "string" ? JSON.stringify(value) : String(value);
  throw new InvalidArgumentError(`${name} is ${shown}; it must be a whole number of at least ${least}.`);
}
