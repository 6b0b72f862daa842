import { groupedRows } from "../../curves/lines.ts";
import type { CurveSource } from "../../curves/source.ts";

/** A run, or the part of one that is in a group, and which rows are its. */
export interface RowsOfRun {
  readonly id: string;
  readonly group?: string;
  readonly rows: readonly number[];
}

/** Which rows, and in which order. */
export interface RowsWanted {
  readonly of: "history" | "plot";
  readonly x: string | undefined;
  readonly groupBy?: string | undefined;
  /** Default: all. */
  readonly isWanted?: ((row: number) => boolean) | undefined;
}

/**
 * The rows of each run, wherever they lie: a frame may be in any order. Runs are in the order in which they are first
 * met, and a plot's rows in that of x, those without x last. Runs without rows are left out.
 */
export function rowsOfRuns(source: CurveSource, question: RowsWanted): RowsOfRun[] {
  const { of, x, groupBy, isWanted = () => true } = question;
  const runs = new Map<string, Map<string | undefined, number[]>>();
  for (const { segment, label } of parts(source, groupBy)) {
    const groups = runs.get(segment.id) ?? new Map<string | undefined, number[]>();
    const rows = groups.get(label) ?? [];
    for (let row = segment.start; row < segment.end; row++) if (isWanted(row)) rows.push(row);
    if (rows.length > 0) runs.set(segment.id, groups.set(label, rows));
  }
  const xs = of === "plot" && x !== undefined ? source.numbers(x) : undefined;
  return [...runs].flatMap(([id, groups]) =>
    [...groups].map(([group, rows]) => ({
      id,
      ...(group !== undefined && { group }),
      rows: xs === undefined ? rows : inOrderOf(xs, rows),
    })),
  );
}

function parts(source: CurveSource, groupBy: string | undefined) {
  if (groupBy !== undefined && groupBy !== "run_id") return groupedRows(source, groupBy);
  return source.segments.map((segment) => ({ segment, label: undefined }));
}

function inOrderOf(xs: Float64Array, rows: readonly number[]): readonly number[] {
  const place = (row: number) => {
    const x = xs[row] as number;
    return Number.isNaN(x) ? Number.POSITIVE_INFINITY : x;
  };
  const isSorted = rows.every((row, at) => at === 0 || place(row) >= place(rows[at - 1] as number));
  return isSorted ? rows : [...rows].sort((a, b) => (place(a) < place(b) ? -1 : Number(place(a) > place(b))));
}
