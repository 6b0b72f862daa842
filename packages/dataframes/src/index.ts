export * from "./arrow.ts";
export * from "./danfo.ts";
export * from "./parquet.ts";
export * from "./polars.ts";
