import type { OutputType } from "@lazyruns/notebook/mime";
import type { HistoryData } from "./history-data.ts";

/**
 * What a cell of a table holds. Numbers are numbers whatever JSON had to make of them: `NaN` and the infinities are
 * themselves, whole numbers beyond 2^53 are bigints. Moments are milliseconds since 1970 in UTC. `null`: nothing.
 */
export type Cell = null | boolean | number | bigint | string | readonly unknown[] | object;

/** A column of a table. */
export interface DataColumn {
  /** Tells it from every other column of its table, and is the same in the next output: `field:name`, `config:lr`. */
  readonly key: string;
  readonly name: string;
  readonly dtype: OutputType;
  /** One a row. */
  readonly values: readonly Cell[];
  /** How many of the values are shortened. */
  readonly shortened: number;
}

/** A column of a table of runs. */
export interface RunsColumn extends DataColumn {
  readonly kind: "field" | "config" | "summary" | "other";
  /** Whether it is on at first. */
  readonly isShown: boolean;
}

/** Runs by columns: a checked `RunsOutput`. */
export interface RunsData {
  readonly of: "runs" | "run" | "table";
  readonly entity: string | null;
  readonly project: string | null;
  /** The project's web page, without slashes at its end; undefined: not known, or no address of the web. */
  readonly url: string | undefined;
  /** How many runs there are; `null`: not known. */
  readonly total: number | null;
  readonly loaded: number;
  readonly full: number;
  /** Milliseconds since 1970; undefined: not known. */
  readonly madeAt: number | undefined;
  /** One a row. Two rows never have the same. */
  readonly ids: readonly string[];
  /** The ids as the server knows them, where some rows have the same one; undefined: those above. */
  readonly runIds?: readonly string[];
  readonly columns: readonly RunsColumn[];
  readonly columnsLeftOut: number;
  readonly histories: HistoryData | undefined;
  /** Whether there are histories, but none that can be read. */
  readonly areHistoriesBroken?: boolean;
}
