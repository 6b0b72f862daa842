/** Field numbers of `wandb_internal.proto` (wandb 0.31.0), named as there; only those that are read. */
export const RECORD = {
  history: 2,
  summary: 3,
  output: 4,
  config: 5,
  stats: 7,
  telemetry: 11,
  metric: 12,
  outputRaw: 13,
  run: 17,
  exit: 18,
  environment: 26,
} as const;

export const RUN = {
  runId: 1,
  entity: 2,
  project: 3,
  config: 4,
  summary: 5,
  runGroup: 6,
  jobType: 7,
  displayName: 8,
  notes: 9,
  tags: 10,
  sweepId: 12,
  host: 13,
  startTime: 17,
  telemetry: 19,
  git: 21,
  resume: 24,
} as const;

export const GIT = { remoteUrl: 1, commit: 2 } as const;

/** Config and summary records are lists of these. */
export const UPDATES = { update: 1, remove: 2 } as const;

/** Items of history, summary, config and stats share these numbers; the typed values are history's only. */
export const ITEM = {
  key: 1,
  nestedKey: 2,
  boolean: 4,
  integer: 5,
  number: 6,
  text: 7,
  json: 8,
  valueJson: 16,
} as const;

export const HISTORY = { item: 1, step: 2 } as const;
export const HISTORY_STEP = { num: 1 } as const;
export const STATS = { timestamp: 2, item: 3 } as const;
export const OUTPUT = { outputType: 1, timestamp: 2, line: 3 } as const;
export const EXIT = { exitCode: 1, notComplete: 3 } as const;
export const METRIC = {
  name: 1,
  globName: 2,
  stepMetric: 4,
  options: 6,
  summary: 7,
} as const;
export const ENVIRONMENT = {
  os: 1,
  python: 2,
  startedAt: 3,
  program: 6,
  codePath: 7,
  git: 9,
  host: 12,
  executable: 14,
  writerId: 199,
} as const;
export const TELEMETRY = { pythonVersion: 4, cliVersion: 5 } as const;
