import { type HistoryTable, InvalidArgumentError } from "@lazyruns/core";
import { checkWhole } from "../options.ts";

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
  /** The most points of a curve, however many curves there are. Default 200, and fewer where there are many curves. */
  readonly maxPoints?: number | undefined;
  /** Of runs: their histories, which are drawn as a curve a run and metric. Default: none. */
  readonly histories?: HistoryTable | undefined;
  /** Of these histories: the metrics that were asked for. Default: those with numbers that change most. */
  readonly keys?: readonly string[] | undefined;
  /** Of a collection: why its runs could not be loaded, which is said in place of how to load them. */
  readonly failure?: string | undefined;
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
