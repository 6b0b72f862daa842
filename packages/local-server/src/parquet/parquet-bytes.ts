import type * as ParquetWasm from "parquet-wasm";
import type { Columns } from "./arrow.ts";

/** A row group ends here: it bounds the memory of who writes and of who reads, and what a reader of a few rows gets. */
const GROUP_ROWS = 65_536;
const GROUP_BYTES = 64 * 1024 * 1024;

/**
 * Batches of rows as the bytes of a Parquet file, packed with zstd. Memory holds a batch and a row group.
 *
 * @param batches - Arrow IPC streams, all with the same columns
 * @throws the error of `batches`, or the library's
 */
export async function* parquetBytes(
  library: typeof ParquetWasm,
  columns: Columns,
  batches: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  let failure: unknown;
  let isOver = false;
  const source = new ReadableStream<ParquetWasm.RecordBatch>(
    {
      async pull(controller) {
        try {
          const next = isOver ? undefined : await batches.next();
          if (next === undefined || next.done) return controller.close();
          const table = library.Table.fromIPCStream(next.value);
          for (const batch of table.recordBatches()) controller.enqueue(batch);
          table.free();
        } catch (error) {
          failure = error ?? new Error("no rows came");
          controller.close(); // the library would end the process if this failed
        }
      },
    },
    { highWaterMark: 0 },
  );
  const settings = properties(library, columns);
  const bytes: ReadableStream<Uint8Array> = await library.transformParquetStream(source, settings);
  const reader = bytes.getReader();
  const read = () => reader.read().catch(() => ({ done: true }));
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    // It must be read to its end, wanted or not: the library ends the process when its output is cancelled.
    isOver = true;
    while (!(await read()).done);
  }
  if (failure !== undefined) throw failure;
}

/** Packing by differences takes a megabyte of the library's memory for each column. */
const MOST_BY_DIFFERENCES = 100;

/** Whole numbers are packed by their differences, and numbers of metrics plainly: a dictionary of them is larger. */
function properties(library: typeof ParquetWasm, columns: Columns): ParquetWasm.WriterProperties {
  let builder = new library.WriterPropertiesBuilder()
    .setCompression(library.Compression.ZSTD)
    .setMaxRowGroupSize(GROUP_ROWS)
    .setMaxRowGroupBytes(GROUP_BYTES);
  for (const [name, { kind }] of columns) {
    if (kind === "float64" || kind === "int64") builder = builder.setColumnDictionaryEnabled(name, false);
    if (kind === "int64" && (columns.size <= MOST_BY_DIFFERENCES || name === "_step"))
      builder = builder.setColumnEncoding(name, library.Encoding.DELTA_BINARY_PACKED);
  }
  return builder.build();
}
