import type { StoredColumn } from "./schema.ts";

/** How many rows, one after another, are a run's. */
export interface RunRows {
  readonly id: string;
  readonly rows: number;
}

/** A whole Parquet file and what is in it. */
export interface StoredFile {
  /** Where it is. */
  readonly path: string;
  readonly rows: number;
  readonly bytes: number;
  /** In hex. */
  readonly sha256: string;
  readonly columns: readonly StoredColumn[];
  /** The runs whose rows it holds, in the order of its rows. */
  readonly runs: readonly RunRows[];
  /** The columns of doubles that hold some whole numbers only nearly, by their sources. */
  readonly inexact: readonly string[];
}

/** Some rows of a file that are all one run's. */
export interface Slice {
  readonly file: StoredFile;
  readonly start: number;
  readonly rows: number;
}

/** A run's rows in files, and what told that it is as it was. */
export interface RunSlices {
  readonly mark: string;
  readonly rows: number;
  readonly slices: readonly Slice[];
}
