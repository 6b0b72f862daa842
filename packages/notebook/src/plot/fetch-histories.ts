import { type HistoryTable, InvalidArgumentError, type Run, type RunColumn, type Runs } from "@lazyruns/core";
import { fieldOfTable } from "../bundle/runs/fields.ts";
import { namedMetrics, type RunsPlotOptions } from "./options.ts";

/** How many rows core asks for when nobody says. */
const USUAL_SAMPLES = 500;

/** The histories that a plot of runs needs: its metrics, the runs' names, and what it groups by. */
export async function fetchHistories(runs: Runs | Run, options: RunsPlotOptions): Promise<HistoryTable> {
  const { x, groupBy, maxPoints = 0, stream, signal } = options;
  const { samples = maxPoints > USUAL_SAMPLES ? maxPoints : undefined } = options;
  const keys = namedMetrics(options);
  checkGroup(groupBy);
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

/** Refuses what core would refuse as one of the columns that it is asked for. */
function checkGroup(groupBy: string | undefined): void {
  if (groupBy === undefined || groupBy === "run_id" || /^(config|summary)\../s.test(groupBy)) return;
  if (fieldOfTable(groupBy) !== undefined) return;
  throw new InvalidArgumentError(
    `groupBy is ${JSON.stringify(groupBy)}; of runs it must be a field, such as "group", or a key of config or summary, such ` +
      'as "config.lr".',
  );
}
