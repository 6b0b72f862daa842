import type { HistoryOutput, RunsOutput, RunsOutputColumn } from "../../mime.ts";
import { MOST_COLUMN_BYTES, MOST_RUNS } from "../limits.ts";
import { outputValues } from "../output-values.ts";
import { wellFormed } from "../plain.ts";
import { fittingText, jsonBytes } from "../text-room.ts";
import type { RunsColumn, RunsModel } from "./model.ts";

/** The vendor JSON of runs: what people see in any case, and of the other columns as many as stay small. */
export function runsJson(model: RunsModel, histories: HistoryOutput | undefined): RunsOutput {
  const { columns, leftOut } = fitting(model);
  const { of, entity, project, url, total = null, loaded, full, madeAt, ids } = model;
  return {
    version: 1,
    of,
    entity,
    project,
    ...(url === undefined ? {} : { url }),
    total,
    loaded,
    full,
    madeAt: madeAt.toISOString(),
    ids: ids.map(wellFormed),
    columns,
    columnsLeftOut: leftOut,
    ...(histories === undefined ? {} : { histories }),
  };
}

function fitting({ columns, ids }: RunsModel): { columns: RunsOutputColumn[]; leftOut: number } {
  let room = MOST_COLUMN_BYTES * Math.max(1, ids.length / MOST_RUNS);
  const mostText = fittingText(
    columns.filter(({ shown }) => shown),
    room,
  );
  const kept = new Map<RunsColumn, RunsOutputColumn>();
  for (const column of [...columns].sort((a, b) => Number(b.shown) - Number(a.shown))) {
    if (!column.shown && room < 0) continue;
    const made = outputColumn(column, mostText);
    room -= jsonBytes(made);
    if (column.shown || room >= 0) kept.set(column, made);
  }
  const inOrder = columns.flatMap((column) => kept.get(column) ?? []);
  return { columns: inOrder, leftOut: columns.length - inOrder.length };
}

function outputColumn({ kind, name, values, shown }: RunsColumn, mostText: number): RunsOutputColumn {
  const { column, shortened } = outputValues(values, undefined, mostText);
  return { name: wellFormed(name), kind, shown, ...(shortened === 0 ? {} : { shortened }), ...column };
}
