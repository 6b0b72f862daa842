import type { HistoryTable, Run, Runs, RunTable } from "@lazyruns/core";

/**
 * Which of our values something is. Told by what it can do: an ESM and a CommonJS copy of core can live in one process,
 * and `instanceof` knows only one of them. Frames of other libraries are told in `frames/`.
 */

/** What no other object has: a member, and the type it has on ours. */
type Marks = Readonly<Record<string, "function" | "string" | "number">>;

const RUNS: Marks = { peek: "function", historyStream: "function", entity: "string", project: "string" };
const RUN: Marks = { historyKeys: "function", load: "function", id: "string", entity: "string" };
const HISTORY: Marks = { runLengths: "function", batches: "function", numRows: "number" };
const RUN_TABLE: Marks = { toColumn: "function", column: "function", numRows: "number" };

export function isRuns(value: object): value is Runs {
  return has(value, RUNS);
}

export function isRun(value: object): value is Run {
  return has(value, RUN);
}

export function isHistoryTable(value: object): value is HistoryTable {
  return has(value, HISTORY);
}

export function isRunTable(value: object): value is RunTable {
  return has(value, RUN_TABLE);
}

function has(value: object, marks: Marks): boolean {
  return Object.entries(marks).every(([name, type]) => typeof Reflect.get(value, name) === type);
}
