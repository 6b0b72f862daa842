export type { FrameOptions } from "./options.ts";
export type { ParquetCompression, ParquetOptions } from "./parquet/options.ts";
export { writeParquet } from "./parquet/write-parquet.ts";
