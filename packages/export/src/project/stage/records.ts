import type { StoredColumn } from "../dataset/schema.ts";

/** The tables of rows that runs logged. */
export type RowTable = "history" | "system";

/** Some rows of a run in a staged part; a run longer than a part has pieces in several. */
export interface StagedRun {
  readonly id: string;
  readonly mark: string;
  readonly rows: number;
  /** Whether these are the run's first rows. */
  readonly first: boolean;
  /** Whether these are the run's last rows. */
  readonly last: boolean;
  /** Of rows that aren't the last: the last step among them, from which a later call goes on. */
  readonly lastStep?: number | undefined;
  /** How many of them have that step. */
  readonly atLast?: number | undefined;
  /** Of rows that a later call went on with: those before them have smaller steps, and what is staged from it on doesn't count. */
  readonly from?: number | undefined;
}

/** What a staged part is, as its journal says: written when the part is whole. */
export interface PartRecord {
  readonly table: RowTable;
  readonly number: number;
  /** The part's Parquet file; null when no run in it has rows. */
  readonly file: string | null;
  readonly rows: number;
  readonly bytes: number;
  readonly sha256: string;
  readonly columns: readonly StoredColumn[];
  readonly runs: readonly StagedRun[];
  readonly inexact: readonly string[];
}

/** A staged part's name, without what says whether it is the part or its journal. */
export function partName(table: string, number: number): string {
  return `${table}-${String(number).padStart(6, "0")}`;
}
