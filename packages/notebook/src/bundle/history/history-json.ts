import { keptPoints } from "@lazyruns/curves";
import { byRun, runLabels } from "../../curves/lines.ts";
import type { CurveSource } from "../../curves/source.ts";
import type { HistoryOutput, HistoryOutputPlot, HistoryOutputRun, OutputType } from "../../mime.ts";
import { MOST_CELLS, MOST_JSON_COLUMNS, MOST_POINTS } from "../limits.ts";
import { wellFormed } from "../plain.ts";
import { columnsOut } from "./columns-out.ts";
import { rowsOfRuns } from "./rows-of-runs.ts";

/** What of a table goes into the JSON. */
export interface HistoryQuestion {
  readonly of: "history" | "plot";
  readonly x: string | undefined;
  /** The columns besides x, the most wanted first. */
  readonly columns: readonly string[];
  /** Those of them whose extremes are kept. */
  readonly metrics: readonly string[];
  readonly maxPoints: number | undefined;
  readonly names?: ReadonlyMap<string, string> | undefined;
  /** Which rows count. Default: all. */
  readonly isWanted?: ((row: number) => boolean) | undefined;
  readonly plot?: HistoryOutputPlot | undefined;
  readonly dtypeOf: (name: string) => OutputType | undefined;
}

/** The fewest rows that a run has in the JSON, when it has as many: rather fewer runs than less of each. */
const FEWEST_ROWS = 20;
/** The most metrics whose extremes are kept when rows are chosen: each takes two rows a stretch. */
const MOST_WATCHED = 4;
/** In fewer stretches a curve loses its shape: rather fewer metrics are watched. */
const FEWEST_STRETCHES = 8;

/** The vendor JSON of histories: columns of all runs, or of as many rows and runs as stay small. */
export function historyJson(source: CurveSource, question: HistoryQuestion): HistoryOutput {
  const { of, x, maxPoints, plot } = question;
  const wanted = [...new Set([...(x === undefined ? [] : [x]), ...question.columns])];
  const names = wanted.slice(0, MOST_JSON_COLUMNS);
  const all = rowsOfRuns(source, { ...question, groupBy: plot?.groupBy ?? undefined });
  const room =
    maxPoints === undefined ? Math.floor(MOST_CELLS / Math.max(1, names.length)) : Number.POSITIVE_INFINITY;
  const most =
    maxPoints ?? Math.max(FEWEST_ROWS, Math.min(MOST_POINTS, Math.floor(room / Math.max(1, all.length))));
  const watched = question.metrics
    .slice(0, Math.max(1, Math.min(MOST_WATCHED, Math.floor((most - 2) / (2 * FEWEST_STRETCHES)))))
    .flatMap((name) => source.numbers(name) ?? []);
  const labels = runLabels(source, byRun(source.segments), question.names);
  const rows: number[] = [];
  const runs: HistoryOutputRun[] = [];
  const shown = new Set<string>();
  const leftOut = new Set<string>();
  for (const { id, group, rows: own } of all) {
    const kept = keptPoints(
      watched.map((values) => Float64Array.from(own, (row) => values[row] as number)),
      own.length,
      most,
    );
    if (runs.length > 0 && rows.length + kept.length > room) {
      leftOut.add(id);
      continue;
    }
    shown.add(id);
    for (const at of kept) rows.push(own[at] as number);
    const name = labels.get(id);
    runs.push({
      id: wellFormed(id),
      ...(name !== undefined && name !== id && { name: wellFormed(name) }),
      ...(group !== undefined && { group: wellFormed(group) }),
      numRows: kept.length,
      totalRows: own.length,
    });
  }
  const totalRows = all.reduce((sum, { rows: own }) => sum + own.length, 0);
  return {
    version: 1,
    of,
    numRows: rows.length,
    totalRows,
    columnsLeftOut: wanted.length - names.length,
    runsLeftOut: [...leftOut].filter((id) => !shown.has(id)).length,
    rows: rows.length === totalRows ? "all" : "sampled",
    runs,
    x: x === undefined ? null : wellFormed(x),
    columns: columnsOut(
      names.map((name) => ({
        name,
        values: rows.map((row) => source.cell(name, row)),
        dtype: question.dtypeOf(name),
      })),
    ),
    ...(plot !== undefined && { plot }),
  };
}
