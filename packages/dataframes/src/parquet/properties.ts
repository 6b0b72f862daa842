import type * as ParquetWasm from "parquet-wasm";
import type { PlannedColumn } from "../columns/plan.ts";
import type { ParquetCompression } from "./options.ts";

/** A row group ends where the first of these is reached: they bound the memory of who writes and of who reads. */
const GROUP_ROWS = 131_072;
const GROUP_BYTES = 128 * 1024 * 1024;

/** Differences take the writer 1.15 MB a column: the library's memory ends at 4 GB, so wide tables do without. */
const MOST_DIFFERENCES = 100;

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
  const isWhole = ({ type: { kind } }: PlannedColumn) => kind === "int64" || kind === "datetime";
  const isWide = columns.filter(isWhole).length > MOST_DIFFERENCES;
  for (const column of columns) {
    const { name, type } = column;
    if (type.kind === "float64") builder = builder.setColumnDictionaryEnabled(name, false);
    if (isWhole(column) && (!isWide || name === "_step")) {
      builder = builder
        .setColumnDictionaryEnabled(name, false)
        .setColumnEncoding(name, Encoding.DELTA_BINARY_PACKED);
    }
  }
  return builder.build();
}
