import type { RunsColumn, RunsData } from "../data/runs-data.ts";

const ID = "field:id";

/** The columns of runs as they are saved: with the runs' ids, whether or not the output has a column of them. */
export function savedColumns({ ids, runIds, columns }: RunsData): readonly RunsColumn[] {
  if (columns.some(({ key }) => key === ID)) return columns;
  const id: RunsColumn = {
    kind: "field",
    key: ID,
    name: "id",
    dtype: "utf8",
    values: runIds ?? ids,
    shortened: 0,
    isShown: false,
  };
  return [id, ...columns];
}
