export * from "./arrow.ts";
// danfo's frames and polars' are called the same in their own entries.
export {
  type DanfoOptions,
  type DataFrame as DanfoDataFrame,
  type Series as DanfoSeries,
  toDanfo,
} from "./danfo.ts";
export * from "./parquet.ts";
export {
  type DataFrame as PolarsDataFrame,
  type FrameOptions,
  loadPolars,
  polarsNames,
  type Series as PolarsSeries,
  toPolars,
} from "./polars.ts";
