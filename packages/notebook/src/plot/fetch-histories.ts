import type { HistoryTable, Run, RunColumn, Runs } from "@lazyruns/core";
import { namedMetrics, type RunsPlotOptions } from "./options.ts";

/** How many rows core asks for when nobody says. */
const USUAL_SAMPLES = 500;

/** The histories that a plot of runs needs: its metrics, the runs' names, and what it groups by. */
export function fetchHistories(runs: Runs | Run, options: RunsPlotOptions): Promise<HistoryTable> {
  const { x, groupBy, maxPoints = 0, stream, signal } = options;
  const { samples = maxPoints > USUAL_SAMPLES ? maxPoints : undefined } = options;
  const keys = namedMetrics(options);
  const columns = [
    "name",
    ...(groupBy === undefined || groupBy === "run_id" ? [] : [groupBy]),
  ] as RunColumn[];
  const question = {
    format: "table",
    columns: [...new Set(columns)],
    // Metrics of their own charts need not be in the same rows.
    ...(keys && { keys, ...(keys.length > 1 && { match: "any" as const }) }),
    ...(x !== undefined && { xAxis: x }),
    ...(samples !== undefined && { samples }),
    ...(stream !== undefined && { stream }),
    ...(signal !== undefined && { signal }),
  } as const;
  return "histories" in runs ? runs.histories(question) : runs.history(question);
}
