export { compileFilter, namesIn, type Predicate } from "./filter.ts";
export { type Comparator, compileOrder } from "./order.ts";
export { QueryError } from "./query-error.ts";
export type { QueryableRun } from "./queryable-run.ts";
