import { type ColumnChunk, type FileMetaData, parquetMetadata } from "hyparquet";
import type { Range } from "../cache/ranges.ts";
import type { StoredFile } from "../cache/stored-file.ts";
import { corrupt } from "./corrupt.ts";
import { type FileColumn, fileColumns } from "./file-columns.ts";
import { type Extent, stepsOf } from "./step-statistics.ts";

/** The metric that rows are in the order of. */
export const STEP = "_step";

const MAGIC = "PAR1";
/** The footer's length and the magic behind it. */
const TAIL = 8;

/** The bytes of one column's values in a row group. */
export interface Chunk extends Range {
  /** The names of the column and, in nested values, of what it is in them. */
  readonly path: readonly string[];
}

export interface RowGroup {
  readonly numRows: number;
  /** How much memory its values take about. */
  readonly bytes: number;
  readonly chunks: readonly Chunk[];
  /** The lowest and highest step by its statistics; undefined where they don't say. */
  readonly steps: Extent | undefined;
}

/** What a Parquet file says of itself. */
export interface Footer {
  readonly numRows: number;
  readonly columns: readonly FileColumn[];
  readonly rowGroups: readonly RowGroup[];
  /** Where it lies in the file, to the end, with the indexes of pages before it, which readers look at too. */
  readonly range: Range;
  readonly bytes: Uint8Array;
}

/**
 * Reads a file's footer.
 *
 * @throws CorruptFileError for what is no Parquet file
 */
export async function readFooter(file: StoredFile, signal: AbortSignal | undefined): Promise<Footer> {
  const { name, size } = file;
  if (size < TAIL + MAGIC.length) throw corrupt(name, `it has ${size} bytes`);
  const tail = Buffer.from(await file.read({ start: size - TAIL, end: size }, signal));
  if (tail.toString("latin1", 4) !== MAGIC) throw corrupt(name, `it doesn't end in ${MAGIC}`);
  const range = { start: size - TAIL - tail.readUInt32LE(0), end: size };
  if (range.start < MAGIC.length) throw corrupt(name, "its footer is longer than the file");
  const bytes = await file.read(range, signal);
  let parsed: Omit<Footer, "bytes">;
  try {
    parsed = parse(bytes, range);
  } catch (error) {
    throw corrupt(name, error instanceof Error ? error.message : String(error), error);
  }
  const { start } = parsed.range;
  if (start === range.start) return { ...parsed, bytes };
  const indexes = await file.read({ start, end: range.start }, signal);
  return { ...parsed, bytes: Buffer.concat([indexes, bytes]) };
}

function parse(bytes: Uint8Array, range: Range): Omit<Footer, "bytes"> {
  const metadata = parquetMetadata(copyOf(bytes), { geoparquet: false });
  const rowGroups = metadata.row_groups.map((group): RowGroup => {
    const chunks = group.columns.map((column) => chunkOf(column, range.start));
    const step = group.columns.find(({ meta_data }) => isStep(meta_data?.path_in_schema));
    const numRows = wholeOf(group.num_rows, "a number of rows");
    return {
      numRows,
      bytes: Number(group.total_byte_size),
      chunks,
      steps: stepsOf(step?.meta_data, numRows),
    };
  });
  const numRows = rowGroups.reduce((sum, group) => sum + group.numRows, 0);
  checkRows(metadata, numRows);
  let { start } = range;
  for (const group of metadata.row_groups) {
    for (const index of group.columns.flatMap(indexesOf)) start = Math.min(start, index);
  }
  if (start < MAGIC.length) throw new RangeError("an index lies before its data");
  return { numRows, columns: fileColumns(metadata), rowGroups, range: { start, end: range.end } };
}

/** Where the indexes of a column's pages begin, where it has some. */
function indexesOf({ column_index_offset, offset_index_offset }: ColumnChunk): number[] {
  return [column_index_offset, offset_index_offset].flatMap((offset) =>
    offset === undefined ? [] : wholeOf(offset, "an offset"),
  );
}

function checkRows({ num_rows }: FileMetaData, inGroups: number): void {
  if (num_rows !== BigInt(inGroups)) {
    throw new RangeError(`it says that it has ${num_rows} rows, and its row groups have ${inGroups}`);
  }
}

function isStep(path: readonly string[] | undefined): boolean {
  return path?.length === 1 && path[0] === STEP;
}

function chunkOf({ meta_data, file_path }: ColumnChunk, footerStart: number): Chunk {
  if (meta_data === undefined || file_path !== undefined)
    throw new RangeError("its columns are elsewhere or encrypted");
  const { data_page_offset, dictionary_page_offset, total_compressed_size, path_in_schema } = meta_data;
  const data = wholeOf(data_page_offset, "an offset");
  const dictionary = dictionary_page_offset === undefined ? 0 : wholeOf(dictionary_page_offset, "an offset");
  const start = dictionary > 0 && dictionary < data ? dictionary : data;
  const end = start + wholeOf(total_compressed_size, "a length");
  if (start < MAGIC.length || end > footerStart) throw new RangeError("a column reaches beyond its data");
  return { start, end, path: path_in_schema };
}

function wholeOf(value: bigint, what: string): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number) || number < 0) throw new RangeError(`it has ${what} of ${value}`);
  return number;
}

/** hyparquet takes an `ArrayBuffer` of its own. */
function copyOf(bytes: Uint8Array): ArrayBuffer {
  const copy = new ArrayBuffer(bytes.length);
  new Uint8Array(copy).set(bytes);
  return copy;
}
