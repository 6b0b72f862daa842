import { sortedRow, stepOf } from "./row.ts";
import { rowMembers } from "./row-members.ts";
import { sampleRows } from "./sample.ts";

/** Which rows `history` takes. */
export interface HistoryRange {
  readonly minStep?: number | null | undefined;
  /** The first step that isn't taken. */
  readonly maxStep?: number | null | undefined;
  readonly samples?: number | null | undefined;
}

/** Sampled rows of history, each as JSON text with its keys in order, nested ones too. */
export function fullHistory(lines: readonly string[], { minStep, maxStep, samples }: HistoryRange): string[] {
  const bounded = typeof minStep === "number" || typeof maxStep === "number";
  const rows = bounded
    ? lines.filter((line) => isWithin(line, minStep ?? 0, maxStep ?? Number.POSITIVE_INFINITY))
    : lines;
  return sampleRows(rows, samples ?? 500).map(sortedRow);
}

function isWithin(line: string, minStep: number, maxStep: number): boolean {
  const step = stepOf(rowMembers(line));
  return step !== undefined && step >= minStep && step < maxStep;
}
