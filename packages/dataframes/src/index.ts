export * from "./arrow.ts";
export * from "./danfo.ts";
export * from "./polars.ts";
