import type { HistoryTable } from "@lazyruns/core";
import type { RunsOutput, RunsOutputColumn } from "../../mime.ts";

/** A column of runs, before it takes the form of an output: a value a run. */
export interface RunsColumn {
  readonly kind: RunsOutputColumn["kind"];
  readonly name: string;
  readonly values: readonly unknown[];
  /** Whether people see it in HTML and text; else it is in the JSON alone. */
  readonly shown: boolean;
}

/** Runs as all forms of the output have them. */
export interface RunsModel {
  readonly of: RunsOutput["of"];
  readonly entity: string | null;
  readonly project: string | null;
  readonly url: string | undefined;
  readonly total: number | undefined;
  readonly loaded: number;
  readonly full: number;
  readonly madeAt: Date;
  readonly ids: readonly string[];
  /** The states of all runs that are there, shown or not. */
  readonly states: readonly unknown[];
  readonly columns: readonly RunsColumn[];
  /** What people should know of what isn't shown, a sentence each. */
  readonly notes: readonly string[];
  readonly histories: HistoryTable | undefined;
  /** The metrics that were asked for. */
  readonly keys: readonly string[] | undefined;
}

/** The columns that people see, in order. */
export function shownColumns({ columns }: RunsModel): RunsColumn[] {
  return columns.filter(({ shown }) => shown);
}
