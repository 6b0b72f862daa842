/** What an export did, and what the dataset holds now. */
export interface ExportResult {
  /** Runs in the dataset. */
  readonly runs: number;
  /** Rows in its history. */
  readonly rows: number;
  /** Rows of its machines' metrics. */
  readonly systemRows: number;
  /** Runs of which something was fetched, by this call or by those before it that were broken off. */
  readonly fetchedRuns: number;
  /** Runs that are in the dataset as they were. */
  readonly unchangedRuns: number;
  /** The ids of runs that the server doesn't list any more. They stay in the dataset, unless `prune` is set. */
  readonly vanished: readonly string[];
  /** Bytes of its Parquet files. */
  readonly bytes: number;
  /** Whether files were replaced; false when all was as it is. */
  readonly changed: boolean;
}
