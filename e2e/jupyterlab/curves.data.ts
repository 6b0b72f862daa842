import type { HistoryOutput, OutputColumn } from "@lazyruns/notebook/mime";

/** A number as the JSON of an output has it. */
type JsonNumber = number | string | null;

/** What a run logged: `null` nothing, text what JSON has no number for. */
export interface LoggedRun {
  readonly id: string;
  readonly name?: string;
  readonly group?: string;
  readonly columns: Readonly<Record<string, readonly JsonNumber[]>>;
}

/** The JSON of an output with these runs. */
export function historyOf(
  runs: readonly LoggedRun[],
  rest: Partial<Pick<HistoryOutput, "x" | "plot" | "of">> = {},
): HistoryOutput {
  const names = [...new Set(runs.flatMap(({ columns }) => Object.keys(columns)))];
  const rowsOf = ({ columns }: LoggedRun) => Math.max(...Object.values(columns).map(({ length }) => length));
  const numRows = runs.reduce((sum, run) => sum + rowsOf(run), 0);
  const columns = names.map((name): OutputColumn => {
    const values = runs.flatMap((run) =>
      Array.from({ length: rowsOf(run) }, (_, row) => run.columns[name]?.[row] ?? null),
    );
    return { name, dtype: "float64", values };
  });
  return {
    version: 1,
    of: "history",
    numRows,
    totalRows: numRows,
    columnsLeftOut: 0,
    runsLeftOut: 0,
    rows: "all",
    runs: runs.map((run) => ({
      id: run.id,
      ...(run.name !== undefined && { name: run.name }),
      ...(run.group !== undefined && { group: run.group }),
      numRows: rowsOf(run),
      totalRows: rowsOf(run),
    })),
    x: "_step",
    columns,
    ...rest,
  };
}

/** Numbers from 0 on. */
export function steps(count: number): number[] {
  return Array.from({ length: count }, (_, step) => step);
}
