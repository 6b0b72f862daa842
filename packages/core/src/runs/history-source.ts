import type { ProjectRef } from "../graphql/project.ts";
import type { HistorySource } from "../history/histories.ts";
import type { HistoryQuestion } from "../history/options.ts";
import { RunColumns } from "./run-columns.ts";

/** Runs whose histories are read, and of each the columns of the run that the question names; nothing else of it. */
export function historySource(
  ref: ProjectRef,
  runs: HistorySource["runs"],
  { columns: chosen }: HistoryQuestion,
  warnGone: HistorySource["warnGone"],
): HistorySource {
  const columns = new RunColumns(ref, chosen);
  return {
    ref,
    runs,
    runFields: columns.isEmpty ? "none" : "light",
    withRunFields: (ask) => columns.withFields(ask),
    fieldsOf: columns.isEmpty ? undefined : (wire) => columns.fieldsOf(wire),
    warnGone,
  };
}
