import type { HistoryData, Metric } from "../../data/history-data.ts";
import type { DataColumn } from "../../data/runs-data.ts";

/** Other data, in which what is the same as before is the very same object: who compares sees that nothing changed. */
export function keepSame(now: HistoryData, before: HistoryData): HistoryData {
  const metrics = new Map(before.metrics.map((metric) => [metric.name, metric]));
  const columns = new Map(before.columns.map((column) => [column.key, column]));
  return {
    ...now,
    metrics: now.metrics.map((metric) => same(metrics.get(metric.name), metric) ?? metric),
    columns: now.columns.map((column) => same(columns.get(column.key), column) ?? column),
  };
}

function same<T extends Metric | DataColumn>(before: T | undefined, now: T): T | undefined {
  if (before === undefined || before.values.length !== now.values.length) return undefined;
  const isSame = now.values.every((value: unknown, at: number) => Object.is(value, before.values[at]));
  return isSame && kindOf(before) === kindOf(now) ? before : undefined;
}

function kindOf(column: Metric | DataColumn): string {
  return "dtype" in column ? column.dtype : String(column.isDatetime);
}
