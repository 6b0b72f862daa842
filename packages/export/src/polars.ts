import "./register.ts";

export { type LazyHistoryOptions, lazyHistory } from "./polars/lazy-history.ts";
