import type { HistoryTable } from "@lazyruns/core";
import type { StagedRun } from "./records.ts";

/** The last step of a run's rows and how many of them have it; nothing where rows have no steps. */
export function lastStepOf(table: HistoryTable): Pick<StagedRun, "lastStep" | "atLast"> {
  if (table.numRows === 0 || !table.columnNames.includes("_step")) return {};
  const steps = table.column("_step");
  const lastStep = steps.get(table.numRows - 1);
  if (typeof lastStep !== "number" || !Number.isSafeInteger(lastStep)) return {};
  let atLast = 1;
  while (atLast < table.numRows && steps.get(table.numRows - 1 - atLast) === lastStep) atLast++;
  return { lastStep, atLast };
}

/** The last step of rows and of those that follow them. */
export function laterStep(
  before: Pick<StagedRun, "lastStep" | "atLast">,
  rows: Pick<StagedRun, "lastStep" | "atLast" | "rows">,
): Pick<StagedRun, "lastStep" | "atLast"> {
  const { lastStep, atLast = 0 } = rows;
  if (rows.rows === 0) return { lastStep: before.lastStep, atLast: before.atLast };
  const goesOn = atLast === rows.rows && lastStep === before.lastStep;
  return { lastStep, atLast: goesOn ? atLast + (before.atLast ?? 0) : atLast };
}
