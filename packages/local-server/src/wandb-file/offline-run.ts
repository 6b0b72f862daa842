/** A file that a run saved. */
export interface OfflineFile {
  /** Its name in the run, with `/` between folders. */
  name: string;
  /** Where it lies on this disk. */
  path: string;
}

/**
 * What a `.wandb` file says of its run, in the form in which wandb's uploader sends it. JSON is kept as text, so
 * that `NaN`, the infinities and long integers stay as they were logged.
 */
export interface OfflineRun {
  /** The `.wandb` file. */
  path: string;
  runId: string;
  /** How many records were read: a file that is read again and has more of them has grown. */
  records: number;
  /** Whether the script asked to go on with the run of this id (`resume=`), had there been one. */
  resumes: boolean;
  /** Absent unless the script named one. */
  entity?: string;
  project?: string;
  displayName?: string;
  notes?: string;
  tags: string[];
  group?: string;
  jobType?: string;
  sweepId?: string;
  host?: string;
  program?: string;
  startedAt: Date;
  /** The git commit. */
  commit?: string;
  /** The git remote. */
  remote?: string;
  /** `{"key":{"value":…}}`, with the `_wandb` entry that holds versions, metric definitions and environment. */
  config: string;
  /** The summary after the last update. */
  summary: string;
  /** One object a row, nested values as trees, `_step` always there. */
  history: string[];
  /** System metrics, one object a row: `system.…` keys, `_timestamp` and `_runtime` in seconds, `_wandb: true`. */
  events: string[];
  /** Console lines: a UTC time, the text, `ERROR ` in front for stderr; redrawn progress bars as they ended. */
  output: string[];
  /** Absent when the run never ended: it was killed, or is still running. */
  exitCode?: number;
  /** What lies in the run's `files` folder, sorted by name. */
  files: OfflineFile[];
  /** What was damaged and left out, one sentence each; empty for a whole file. */
  warnings: string[];
}
