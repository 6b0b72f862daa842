import { byInterest, isMetric } from "@lazyruns/curves";
import type { HistoryData } from "../../data/history-data.ts";

/** How many charts there are at first. */
export const FIRST_CHARTS = 12;

/**
 * The metrics that can be charts: those of a plot in its order, then the rest, those that change in most runs first.
 * Those of `before` stay where they were.
 */
export function chartMetrics(history: HistoryData, before: readonly string[] = []): string[] {
  const drawable = history.metrics.filter(
    ({ name, isDatetime }) => !isDatetime && name !== history.x && isMetric(name),
  );
  const found = [...new Set([...(history.plot?.y ?? []), ...byInterest(drawable, history.runs)])].filter(
    (name) => history.metrics.some((metric) => metric.name === name),
  );
  const known = new Set(found);
  const stay = before.filter((name) => known.has(name));
  const staying = new Set(stay);
  return [...stay, ...found.filter((name) => !staying.has(name))];
}

/** Those that are on at first: a plot's own, or else the first dozen. */
export function firstMetrics({ plot }: HistoryData, metrics: readonly string[]): string[] {
  const own = plot === undefined ? [] : metrics.filter((name) => plot.y.includes(name));
  return own.length > 0 ? own : metrics.slice(0, FIRST_CHARTS);
}
