export type { FrameOptions } from "./options.ts";
export type { ParquetCompression, ParquetOptions } from "./parquet/options.ts";
export {
  type ParquetColumn,
  type ParquetRows,
  ParquetTableWriter,
  type ParquetWriterOptions,
} from "./parquet/table-writer.ts";
export { writeParquet } from "./parquet/write-parquet.ts";
