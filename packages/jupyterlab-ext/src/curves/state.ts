import type { Domain } from "@lazyruns/curves";
import type { HistoryData } from "../data/history-data.ts";
import type { ViewSettings } from "../settings/view-settings.ts";
import { OWN_GROUPS } from "./model/groups.ts";
import { chartMetrics, firstMetrics } from "./model/metric-choice.ts";
import { xChoices } from "./model/x-axis.ts";

/** What people chose for a panel of curves; it stays when other data comes. */
export interface CurvesState {
  /** A metric; `null`: rows are counted. */
  readonly x: string | null;
  readonly logX: boolean;
  readonly logY: boolean;
  readonly smoothing: number;
  /** The key of a `Grouping`; undefined: a line a run. */
  readonly groupBy: string | undefined;
  /** Every metric that there is, in the order of the charts. */
  readonly metrics: readonly string[];
  /** Those that have a chart. */
  readonly shown: ReadonlySet<string>;
  /** The keys of lines that are switched off. */
  readonly hidden: ReadonlySet<string>;
  /** The part of x that is shown; undefined: all. */
  readonly zoom: Domain | undefined;
  /** The metrics whose far-out values are shown too. */
  readonly whole: ReadonlySet<string>;
  /** Whether tables stand for the charts. */
  readonly asTables: boolean;
}

/** The beginning: as a plot was asked for, or else as people set it. */
export function firstState(history: HistoryData, settings: ViewSettings): CurvesState {
  const { plot } = history;
  const metrics = chartMetrics(history);
  const hasGroups = history.runs.some(({ group }) => group !== undefined);
  return {
    x: firstX(history),
    logX: false,
    logY: plot?.logY ?? false,
    smoothing: plot?.smooth ?? settings.smoothing,
    groupBy: plot !== undefined && plot.groupBy !== null && hasGroups ? OWN_GROUPS : undefined,
    metrics,
    shown: new Set(firstMetrics(history, metrics)),
    hidden: new Set(),
    zoom: undefined,
    whole: new Set(),
    asTables: false,
  };
}

/** The same with other data: what is chosen stays as far as it is there; metrics that are new are shown while few are. */
export function nextState(state: CurvesState, history: HistoryData, before: HistoryData): CurvesState {
  const metrics = chartMetrics(history, state.metrics);
  const known = new Set(state.metrics);
  const first = new Set(firstMetrics(history, metrics));
  const shown = new Set(
    metrics.filter((name) => state.shown.has(name) || (!known.has(name) && first.has(name))),
  );
  const isStill = xChoices(history).includes(state.x) && (state.x !== null || before.x === history.x);
  if (isStill) return { ...state, metrics, shown };
  return { ...state, metrics, shown, x: firstX(history), zoom: undefined };
}

function firstX(history: HistoryData): string | null {
  const choices = xChoices(history);
  if (choices.includes(history.x)) return history.x;
  return choices[0] ?? null;
}
