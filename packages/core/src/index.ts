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
export { type GraphqlAnswer, type GraphqlRequest, Service, type ServiceOptions } from "./graphql/service.ts";
export type { HistoriesOptions } from "./history/options.ts";
export type { HistoryRow } from "./history/rows.ts";
export type { AnyColumn, Column, ColumnValues } from "./history/table/column.ts";
export type { DType } from "./history/table/dtype.ts";
export { HistoryTable } from "./history/table/history-table.ts";
export type { Progress, WaitOptions, WorkOptions } from "./progress.ts";
export type { FilterOperators, Filters, FilterValue } from "./runs/filters.ts";
export type { RunsOptions, RunsWarning } from "./runs/options.ts";
export type { Order } from "./runs/order.ts";
export type { FullFields, FullRun, Run, RunValue, RunValues, User } from "./runs/run.ts";
export { Runs } from "./runs/runs.ts";
export type { Sweep } from "./runs/sweep.ts";
export type { CallOptions } from "./transport/call.ts";
export type { HttpDispatcher } from "./transport/dispatchers.ts";
export type { Download, DownloadOptions } from "./transport/download.ts";
export type { HttpOptions } from "./transport/options.ts";
export type { RawAnswer } from "./transport/post.ts";
export { isTooMuch } from "./transport/too-much.ts";
