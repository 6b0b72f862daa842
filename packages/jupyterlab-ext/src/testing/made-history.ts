import type { HistoryData } from "../data/history-data.ts";
import type { Cell, RunsColumn, RunsData } from "../data/runs-data.ts";

/** What a run logged, by columns that are as long as one another. */
export interface MadeRun {
  readonly id: string;
  readonly name?: string;
  readonly group?: string;
  readonly columns: Readonly<Record<string, readonly (number | null)[]>>;
}

/** Histories of runs, as they are when their JSON was read. */
export function madeHistory(runs: readonly MadeRun[], rest: Partial<HistoryData> = {}): HistoryData {
  const names = [...new Set(runs.flatMap(({ columns }) => Object.keys(columns)))];
  const lengthOf = ({ columns }: MadeRun) => Object.values(columns)[0]?.length ?? 0;
  const cells = (name: string): Cell[] =>
    runs.flatMap((run) => Array.from({ length: lengthOf(run) }, (_, at) => run.columns[name]?.[at] ?? null));
  let numRows = 0;
  const made = runs.map((run) => {
    const start = numRows;
    numRows += lengthOf(run);
    return {
      id: run.id,
      name: run.name ?? run.id,
      group: run.group,
      start,
      end: numRows,
      totalRows: lengthOf(run),
    };
  });
  return {
    of: "history",
    numRows,
    totalRows: numRows,
    columnsLeftOut: 0,
    runsLeftOut: 0,
    rows: "all",
    head: 0,
    runs: made,
    x: "_step",
    columns: names.map((name) => ({ key: name, name, dtype: "float64", values: cells(name), shortened: 0 })),
    metrics: names.map((name) => ({
      name,
      isDatetime: false,
      values: Float64Array.from(cells(name), (cell) => (typeof cell === "number" ? cell : Number.NaN)),
    })),
    plot: undefined,
    ...rest,
  };
}

/** Runs with some columns of their config. */
export function madeRuns(
  ids: readonly string[],
  config: Readonly<Record<string, readonly Cell[]>>,
): RunsData {
  const columns = Object.entries(config).map(
    ([name, values]): RunsColumn => ({
      key: `config:${name}`,
      name,
      dtype: "json",
      values,
      shortened: 0,
      kind: "config",
      isShown: true,
    }),
  );
  return {
    of: "runs",
    entity: "team",
    project: "vision",
    url: undefined,
    total: ids.length,
    loaded: ids.length,
    full: ids.length,
    madeAt: undefined,
    ids,
    columns,
    columnsLeftOut: 0,
    histories: undefined,
  };
}
