import type * as ParquetWasm from "parquet-wasm";
import type { PlannedColumn } from "../columns/plan.ts";
import type { ParquetCompression } from "./options.ts";

/** A row group ends where the first of these is reached: they bound the memory of who writes and of who reads. */
const GROUP_ROWS = 131_072;
const GROUP_BYTES = 128 * 1024 * 1024;

/**
 * How each column is encoded: whole numbers by their differences, which steps and times make small; numbers of metrics
 * plainly, for a dictionary of them is larger than they are and takes longer; all else by a dictionary.
 */
export function writerProperties(
  library: typeof ParquetWasm,
  columns: readonly PlannedColumn[],
  compression: ParquetCompression,
): ParquetWasm.WriterProperties {
  const { Compression, Encoding } = library;
  const codec = { zstd: Compression.ZSTD, snappy: Compression.SNAPPY, none: Compression.UNCOMPRESSED };
  let builder = new library.WriterPropertiesBuilder()
    .setCompression(codec[compression])
    .setMaxRowGroupSize(GROUP_ROWS)
    .setMaxRowGroupBytes(GROUP_BYTES);
  for (const { name, type } of columns) {
    const { kind } = type;
    if (kind === "float64") builder = builder.setColumnDictionaryEnabled(name, false);
    if (kind === "int64" || kind === "datetime") {
      builder = builder
        .setColumnDictionaryEnabled(name, false)
        .setColumnEncoding(name, Encoding.DELTA_BINARY_PACKED);
    }
  }
  return builder.build();
}
