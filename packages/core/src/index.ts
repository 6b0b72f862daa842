export type { Project, ProjectsOptions } from "./account/projects.ts";
export type { Viewer } from "./account/viewer.ts";
export { Api } from "./api.ts";
export {
  AuthenticationError,
  ConfigurationError,
  type ErrorDetails,
  InvalidArgumentError,
  LazyrunsError,
  NetworkError,
  NotFoundError,
  PermissionError,
  ProtocolError,
  RateLimitError,
  ServerError,
  TimeoutError,
} from "./errors.ts";
export type {
  Comparisons,
  LoggedComparisons,
  OrderedComparisons,
  TagComparisons,
  TextComparisons,
} from "./filters/comparisons.ts";
export type {
  Condition,
  FieldFilter,
  FilterList,
  FilterOperators,
  Filters,
  FilterValue,
  KnownState,
  LoggedValue,
  RunState,
} from "./filters/filters.ts";
export { type Where, where } from "./filters/where.ts";
export type { FormatWarn } from "./formats.ts";
export type { TableField } from "./graphql/light-fields.ts";
export { Service, type ServiceOptions } from "./graphql/service.ts";
export type { FormatOptions, HistoryFormat, HistoryFormats, OptionsOf } from "./history/formats.ts";
export type { HistoriesOptions, HistoryOptions } from "./history/options.ts";
export type { HistoryRow } from "./history/rows.ts";
export type { RunColumn } from "./history/run-columns.ts";
export type { AnyColumn, Column, ColumnValues } from "./history/table/column.ts";
export type { DType } from "./history/table/dtype.ts";
export type { ColumnData } from "./history/table/from-columns.ts";
export { HistoryTable } from "./history/table/history-table.ts";
export {
  type ExportedBatch,
  type ExportedRows,
  type ExportedRun,
  type HistoryExports,
  type OpenedExports,
  registerHistoryExports,
} from "./history/unsampled/exports.ts";
export type { FormattedScanOptions, ScanOptions } from "./history/unsampled/options.ts";
export type { RunsCheckpoint } from "./listing/checkpoint.ts";
export type { Progress, WaitOptions, WorkOptions } from "./progress.ts";
export type { ConsoleLine, ConsoleLogsOptions } from "./runs/console-logs.ts";
export { type Format, registerFormat } from "./runs/formats.ts";
export type { HistoryKey } from "./runs/history-keys.ts";
export type { RunsOptions } from "./runs/options.ts";
export type { Order } from "./runs/order.ts";
export type { RunsPage } from "./runs/page-stream.ts";
export type { FullFields, FullRun, Run, User } from "./runs/run.ts";
export type { RunFile } from "./runs/run-file.ts";
export type { FilesOptions } from "./runs/run-files.ts";
export type { RunWithHistory } from "./runs/run-histories.ts";
export type { RunRevision } from "./runs/run-revisions.ts";
export type { ScannedRun } from "./runs/run-scans.ts";
export { type PagesOptions, Runs, type RunsPeek } from "./runs/runs.ts";
export type { Sweep } from "./runs/sweep.ts";
export type { TableFormat, TableFormats } from "./runs/table/formats.ts";
export type { FormattedTableOptions, TableKeys, TableOptions } from "./runs/table/options.ts";
export { RunTable, type TableRow, type TableValue } from "./runs/table/run-table.ts";
export type { RunProgress, WaitUntilFinishedOptions } from "./runs/wait-until-finished.ts";
export type { CallOptions } from "./transport/call.ts";
export type { CredentialsFound } from "./transport/credentials.ts";
export type { HttpDispatcher } from "./transport/dispatchers.ts";
export type { Download, DownloadOptions } from "./transport/download.ts";
export type { HttpOptions } from "./transport/options.ts";
export type { RunValue, RunValues } from "./values.ts";
export type { RunsWarning } from "./warning.ts";
export { onWork, type Work, type WorkListener, type WorkObserver } from "./work.ts";
