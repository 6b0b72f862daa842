import "./arrow.ts";
import "./danfo.ts";
import "./polars.ts";

export * from "./parquet.ts";
