import type { RunValue } from "../values.ts";

/** One logged row of a run. A metric that the row doesn't hold is absent. */
export interface HistoryRow {
  /** The run's id. */
  readonly run_id: string;
  readonly [metric: string]: RunValue;
}
