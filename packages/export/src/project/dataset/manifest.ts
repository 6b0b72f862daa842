import type { StoredColumn } from "./schema.ts";
import type { RunRows } from "./stored-file.ts";

/** What a dataset is of. */
export interface DatasetSource {
  /** The server's base URL. */
  readonly baseUrl: string;
  readonly entity: string;
  readonly project: string;
  /** The filters as they were given; null for none, or for a condition that has no JSON. */
  readonly filters: unknown;
  /** Tells filters, path and server apart from others. */
  readonly listing: string;
  /** The metrics of the history; null for all. */
  readonly keys: readonly string[] | null;
  readonly streams: readonly ExportStream[];
}

/** What of runs is exported besides the runs themselves: what was logged, or the machines' metrics. */
export type ExportStream = "history" | "system";

/** A table of a dataset. */
export type DatasetTable = "runs" | ExportStream;

/** A file of a table, as the manifest names it. */
export interface ManifestFile {
  /** Beneath the dataset's folder, with slashes. */
  readonly path: string;
  readonly rows: number;
  readonly bytes: number;
  /** In hex. */
  readonly sha256: string;
  /** Whose rows it holds, and how many, in the file's order. */
  readonly runs: readonly RunRows[];
}

/** A table, as the manifest names it. */
export interface ManifestTable {
  readonly rows: number;
  /** The columns of every file: names, types, and `source` where a column was logged under another name. */
  readonly columns: readonly ManifestColumn[];
  readonly files: readonly ManifestFile[];
}

/** A column, as the manifest names it. */
export interface ManifestColumn {
  readonly name: string;
  readonly dtype: StoredColumn["dtype"];
  /** The metric's own name, where engines couldn't tell that from another column's. */
  readonly source?: string | undefined;
  /** Whether every value is what was logged; false where some whole numbers are the nearest doubles. */
  readonly exact: boolean;
}

/** A run of the dataset. */
export interface ManifestRun {
  readonly id: string;
  readonly state: string | null;
  /** What told that the run's own row is as it was. */
  readonly mark: string;
  /** Tells the values of that row from others. */
  readonly digest: string;
  /** How many rows it has in `history`, absent when that isn't exported. */
  readonly history?: ManifestRunRows | undefined;
  readonly system?: ManifestRunRows | undefined;
  /** Whether the server didn't list it any more. */
  readonly gone?: true | undefined;
  /** Why rows of it are missing. */
  readonly problem?: string | undefined;
}

/** A run's rows in a table. */
export interface ManifestRunRows {
  readonly rows: number;
  /** What told that they are as they were. */
  readonly mark: string;
}

/** `manifest.json`: what a dataset is of and what is in it. */
export interface Manifest {
  readonly format: "lazyruns-dataset";
  readonly version: 1;
  readonly source: DatasetSource;
  /** When the dataset was made first, and when it was brought up to date last: ISO 8601, UTC. */
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly tables: { readonly [T in DatasetTable]?: ManifestTable };
  readonly runs: readonly ManifestRun[];
}

export const MANIFEST = "manifest.json";
export const VERSION = 1;
