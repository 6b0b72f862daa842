import { type ColumnData, HistoryTable } from "@lazyruns/core";
import { toArrowIPC } from "@lazyruns/dataframes/arrow";
import { Compression, ParquetFile, Table, WriterPropertiesBuilder, writeParquet } from "parquet-wasm";

/** Values of a column by row; null where there is none. Whole numbers are bigints. */
export type TestValues = readonly (bigint | number | string | boolean | null)[];

/** How a file is written. */
export interface TestFileOptions {
  readonly compression?: keyof typeof Compression;
  readonly rowGroupRows?: number;
}

/** The bytes of a Parquet file as a server exports histories: without the run. */
export async function parquetFile(
  columns: Readonly<Record<string, TestValues>>,
  { compression = "ZSTD", rowGroupRows = 1_000_000 }: TestFileOptions = {},
): Promise<Buffer> {
  const data = Object.entries(columns).map(([name, values]) => columnOf(name, values));
  const numRows = data[0]?.values.length ?? 0;
  const table = HistoryTable.fromColumns(new Array<string>(numRows).fill("r"), data);
  const properties = () =>
    new WriterPropertiesBuilder()
      .setCompression(Compression[compression])
      .setMaxRowGroupSize(rowGroupRows)
      .build();
  const withRun = writeParquet(Table.fromIPCStream(await toArrowIPC(table)), properties());
  const file = await ParquetFile.fromFile(new Blob([withRun as Uint8Array<ArrayBuffer>]));
  const without = await file.read({ columns: Object.keys(columns), batchSize: Math.max(1, numRows) });
  return Buffer.from(writeParquet(without, properties()));
}

function columnOf(name: string, given: TestValues): ColumnData {
  const numRows = given.length;
  const sample = given.find((value) => value !== null);
  const validity = new Uint8Array((numRows + 7) >>> 3);
  for (const [row, value] of given.entries()) {
    if (value !== null) validity[row >>> 3] = (validity[row >>> 3] as number) | (1 << (row & 7));
  }
  if (typeof sample === "bigint") {
    const values = BigInt64Array.from(given, (value) => BigInt((value as bigint) ?? 0n));
    return { name, dtype: "int64", values, validity };
  }
  if (typeof sample === "string") {
    return { name, dtype: "utf8", values: given.map((value) => String(value ?? "")), validity };
  }
  if (typeof sample === "boolean") {
    return { name, dtype: "bool", values: Uint8Array.from(given, (value) => (value ? 1 : 0)), validity };
  }
  return {
    name,
    dtype: "float64",
    values: Float64Array.from(given, (value) => Number(value ?? 0)),
    validity,
  };
}

/** Whole steps from one to before another. */
export function steps(start: number, end: number): bigint[] {
  return Array.from({ length: end - start }, (_, index) => BigInt(start + index));
}
