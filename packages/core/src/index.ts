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
export type { Progress, WaitOptions, WorkOptions } from "./progress.ts";
export type { RunsCheckpoint } from "./runs/checkpoint.ts";
export type { FilterOperators, Filters, FilterValue } from "./runs/filters.ts";
export type { RunsOptions, RunsWarning } from "./runs/options.ts";
export type { Order } from "./runs/order.ts";
export type { RunsPage } from "./runs/page-stream.ts";
export type { FullFields, FullRun, Run, RunValue, RunValues, User } from "./runs/run.ts";
export { type PagesOptions, Runs } from "./runs/runs.ts";
export type { Sweep } from "./runs/sweep.ts";
export type { TableField, TableKeys, TableOptions } from "./runs/table/options.ts";
export { RunTable, type TableRow, type TableValue } from "./runs/table/run-table.ts";
export type { HttpOptions } from "./transport/http-client.ts";
