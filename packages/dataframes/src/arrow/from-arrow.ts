import { type ColumnData, HistoryTable, InvalidArgumentError } from "@lazyruns/core";
import type { Column, Field, Table } from "@uwdata/flechette";
import { Warner } from "../columns/warner.ts";
import { checkFrameOptions, type FrameOptions } from "../options.ts";
import type { ArrowTable } from "./arrow-table.ts";
import { checkType } from "./check-type.ts";
import { loadFlechette } from "./flechette.ts";
import { tellOf } from "./moments.ts";
import { type Moments, readColumn } from "./read-column.ts";
import { typeName } from "./type-ids.ts";
import { verifyIpc } from "./verify-ipc.ts";

const RUN_ID = "run_id";

/**
 * Histories from Arrow data: what `toArrowIPC()` wrote, or anything like it from elsewhere with a text column `run_id`.
 *
 * Whole numbers of any width become `int64` (a column with some beyond 64 bits with a sign: `json`), floats of any width
 * `float64`, all kinds of text `utf8`, timestamps and dates `datetime` (to the millisecond; without a zone, UTC),
 * structs and lists `json`. What is encoded by a dictionary is as its values. Text that `toArrowIPC()` marked as JSON,
 * or that has Arrow's extension type `arrow.json`, is `json`. Columns keep their names and come behind `run_id` in the
 * order of them, for Arrow doesn't say which of them are the run's. Null stays apart from NaN.
 *
 * @param data - an Arrow IPC stream or file, or a flechette `Table`
 * @param options - `onWarning` hears of moments that lost something: fractions of milliseconds, or all, being out of range
 * @throws InvalidArgumentError for what isn't whole Arrow data, has no `run_id` a row, is compressed in a way that no
 *   codec is registered for (flechette's `setCompressionCodec`), or has a column of another type, naming it
 * @example
 * const table = await fromArrow(await readFile("histories.arrow"));
 * table.columnNames; // ["run_id", "_step", "loss"]
 */
export async function fromArrow(
  data: Uint8Array | ArrayBuffer | Pick<ArrowTable, "schema" | "children">,
  options: Pick<FrameOptions, "onWarning"> = {},
): Promise<HistoryTable> {
  checkFrameOptions(options);
  const table = isBytes(data) ? await decode(bytesOf(data)) : (data as unknown as Table);
  if (!Array.isArray(table?.schema?.fields) || !Array.isArray(table.children)) {
    throw new InvalidArgumentError(
      "fromArrow() takes the bytes of an Arrow IPC stream or file, or a flechette Table.",
    );
  }
  const { fields } = table.schema;
  for (const field of fields) checkType(field);
  const place = fields.findIndex(({ name }) => name === RUN_ID);
  if (place < 0) {
    throw new InvalidArgumentError(
      `The Arrow data has no column "run_id", which says what run a row is of; it has ${listed(fields)}.`,
    );
  }
  const warner = new Warner(options);
  const columns = fields.map((field, index) =>
    readOne(table.children[index] as Column<unknown>, field, warner),
  );
  const runIds = runIdsOf(columns[place] as ColumnData, fields[place] as Field);
  return HistoryTable.fromColumns(
    runIds,
    columns.filter((_, index) => index !== place),
  );
}

async function decode(bytes: Uint8Array): Promise<Table> {
  const { getCompressionCodec, tableFromIPC } = await loadFlechette();
  try {
    for (const codec of verifyIpc(bytes) as Set<0 | 1>) {
      if (getCompressionCodec(codec) === null) throw new Error(compressed(codec));
    }
    return tableFromIPC(bytes, { useBigInt: true });
  } catch (error) {
    throw new InvalidArgumentError(
      `These ${bytes.length} bytes can't be read as an Arrow IPC stream or file: ${reason(error)}.`,
      { cause: error },
    );
  }
}

function compressed(codec: number): string {
  return (
    `their columns are compressed (${["LZ4", "Zstandard"][codec] ?? codec}). Write them without compression, or register ` +
    "a codec by flechette's setCompressionCodec()"
  );
}

function readOne(column: Column<unknown>, field: Field, warner: Warner): ColumnData {
  const moments: Moments = { shortened: 0, lost: 0 };
  try {
    const data = readColumn(column, field, moments);
    tellOf(field.name, moments, warner);
    return data;
  } catch (error) {
    throw new InvalidArgumentError(
      `Column ${JSON.stringify(field.name)} of Arrow type ${typeName(field.type)} can't be read: ${reason(error)}.`,
      { cause: error },
    );
  }
}

function runIdsOf(column: ColumnData, { type }: Field): readonly string[] {
  if (column.dtype !== "utf8" && column.values.length > 0) {
    throw new InvalidArgumentError(`The Arrow column "run_id" must be text, and is ${typeName(type)}.`);
  }
  if (column.validity !== null) {
    throw new InvalidArgumentError(
      'The Arrow column "run_id" has rows without a value; each row needs its run.',
    );
  }
  return column.values as readonly string[];
}

function isBytes(data: unknown): data is Uint8Array | ArrayBuffer {
  return data instanceof Uint8Array || data instanceof ArrayBuffer;
}

/** At a multiple of 8 in memory, as views of 64-bit numbers need it. */
function bytesOf(data: Uint8Array | ArrayBuffer): Uint8Array {
  const bytes = data instanceof ArrayBuffer ? new Uint8Array(data) : data;
  return bytes.byteOffset % 8 === 0 ? bytes : new Uint8Array(bytes);
}

function reason(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\.$/, "");
}

function listed(fields: readonly Field[]): string {
  const names = fields.slice(0, 20).map(({ name }) => JSON.stringify(name));
  if (names.length === 0) return "no columns";
  return `${names.join(", ")}${fields.length > 20 ? ` and ${fields.length - 20} more` : ""}`;
}
