import type { HistoryTable } from "@lazyruns/core";
import { metricsOf, ofRuns, tableSource, usualX } from "../../curves/source.ts";
import type { HistoryOutput } from "../../mime.ts";
import type { BundleOptions } from "../options.ts";
import { historyJson } from "./history-json.ts";
import { TIMES, withTimes } from "./times.ts";

/**
 * The vendor JSON of the histories of runs that are shown: along `_step`, with the rows' times beside it, so that whoever
 * draws them can choose. Rows that hold none of the metrics asked for are there for their times alone, and left out.
 *
 * @param names - of the runs that are shown, by their ids
 */
export function runsHistoryJson(
  table: HistoryTable,
  names: ReadonlyMap<string, string>,
  { keys, maxPoints }: BundleOptions,
): HistoryOutput {
  const source = withTimes(ofRuns(tableSource(table), names));
  const x = usualX(source);
  const asked = keys?.filter((key) => source.columnNames.includes(key));
  const metrics = asked?.filter((key) => source.numbers(key) !== undefined) ?? metricsOf(source, x);
  const isTime = (name: string) => (TIMES as readonly string[]).includes(name);
  const times = TIMES.filter((name) => source.columnNames.includes(name));
  const all = source.columnNames.filter((name) => name !== x);
  return historyJson(source, {
    of: "history",
    x,
    columns: [...new Set([...times, ...(asked ?? metrics), ...all])],
    metrics,
    maxPoints,
    names,
    dtypeOf: (name) => (isTime(name) ? "float64" : table.column(name).dtype),
    isWanted: asked && ((row) => asked.some((key) => (source.cell(key, row) ?? null) !== null)),
  });
}
