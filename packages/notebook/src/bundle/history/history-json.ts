import { keptPoints } from "../../curves/downsample.ts";
import { byRun, groupedRows, runLabels } from "../../curves/lines.ts";
import type { CurveSource, Segment } from "../../curves/source.ts";
import type {
  HistoryOutput,
  HistoryOutputPlot,
  HistoryOutputRun,
  OutputColumn,
  OutputType,
} from "../../mime.ts";
import { MOST_CELLS, MOST_JSON_COLUMNS, MOST_POINTS } from "../limits.ts";
import { outputValues } from "../output-values.ts";
import { wellFormed } from "../plain.ts";

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
  readonly plot?: HistoryOutputPlot | undefined;
  readonly dtypeOf: (name: string) => OutputType | undefined;
}

/** The fewest rows that a run has in the JSON, when it has as many: rather fewer runs than less of each. */
const FEWEST_ROWS = 20;
/** The most metrics whose extremes are kept when rows are chosen: each takes two rows a stretch. */
const MOST_WATCHED = 4;

/** The vendor JSON of histories: columns of all runs, or of as many rows and runs as stay small. */
export function historyJson(source: CurveSource, question: HistoryQuestion): HistoryOutput {
  const { of, x, maxPoints = MOST_POINTS, plot } = question;
  const wanted = [...new Set([...(x === undefined ? [] : [x]), ...question.columns])];
  const names = wanted.slice(0, MOST_JSON_COLUMNS);
  const segments = segmentsOf(source, plot?.groupBy ?? undefined);
  const room = Math.floor(MOST_CELLS / Math.max(1, names.length));
  const most = Math.max(FEWEST_ROWS, Math.min(maxPoints, Math.floor(room / Math.max(1, segments.length))));
  const watched = question.metrics.slice(0, MOST_WATCHED).flatMap((name) => source.numbers(name) ?? []);
  const labels = runLabels(source, byRun(source.segments), question.names);
  const rows: number[] = [];
  const runs: HistoryOutputRun[] = [];
  let leftOut = 0;
  for (const { segment, group } of segments) {
    const { id, start, end } = segment;
    const kept = keptPoints(
      watched.map((values) => values.subarray(start, end)),
      end - start,
      most,
    );
    if (runs.length > 0 && rows.length + kept.length > room) {
      leftOut++;
      continue;
    }
    for (const at of kept) rows.push(start + at);
    const name = labels.get(id);
    runs.push({
      id: wellFormed(id),
      ...(name !== undefined && name !== id && { name: wellFormed(name) }),
      ...(group !== undefined && { group: wellFormed(group) }),
      numRows: kept.length,
      totalRows: end - start,
    });
  }
  return {
    version: 1,
    of,
    numRows: rows.length,
    totalRows: source.numRows,
    columnsLeftOut: wanted.length - names.length,
    runsLeftOut: leftOut,
    rows: rows.length === source.numRows ? "all" : "sampled",
    runs,
    x: x === undefined ? null : wellFormed(x),
    columns: names.map((name) =>
      columnOut(
        name,
        rows.map((row) => source.cell(name, row)),
        question.dtypeOf(name),
      ),
    ),
    ...(plot !== undefined && { plot }),
  };
}

/** A column as the JSON has it. */
export function columnOut(
  name: string,
  values: readonly unknown[],
  dtype: OutputType | undefined,
): OutputColumn {
  const { column, shortened } = outputValues(values, dtype);
  return { name: wellFormed(name), ...(shortened === 0 ? {} : { shortened }), ...column };
}

function segmentsOf(
  source: CurveSource,
  groupBy: string | undefined,
): { segment: Segment; group?: string }[] {
  if (groupBy === undefined || groupBy === "run_id") return source.segments.map((segment) => ({ segment }));
  return [...groupedRows(source, groupBy)].map(({ segment, label }) => ({ segment, group: label }));
}
