import { stat } from "node:fs/promises";
import { join } from "node:path";
import { type DType, RunTable, type TableValue } from "@lazyruns/core";
import { type ParquetRows, ParquetTableWriter } from "@lazyruns/dataframes/parquet";
import { flatten, type JsonObject, parse } from "@lazyruns/json";
import { type Field, nameColumns, RUN_ID, type StoredColumn, uniteTypes } from "../dataset/schema.ts";
import type { StoredFile } from "../dataset/stored-file.ts";
import { sha256 } from "../files/durable.ts";
import { renamed } from "../files/renamed.ts";
import { fileName } from "../plan/write-parts.ts";
import { FIELD_COLUMNS, type RunRecord } from "./run-record.ts";

/** Columns of keys that the table has at most: of projects with more, every key stands in the columns of JSON. */
export const MOST_COLUMNS = 1000;

const RUNS_AT_ONCE = 250;

/** The rows of the table of runs in their order; may be gone through several times. */
export type RecordSource = () => AsyncIterable<RunRecord>;

/** What came of writing the table of runs. */
export interface WrittenRuns {
  readonly file: StoredFile;
  /** Keys that have no column of their own. */
  readonly leftOut: number;
}

/** Writes the table of runs, as one file. */
export async function writeRuns(
  folder: string,
  records: RecordSource,
  before: readonly StoredColumn[],
  signal: AbortSignal | undefined,
): Promise<WrittenRuns> {
  const { fields, leftOut } = chosenKeys(await keysOf(records, signal));
  const first = [RUN_ID, ...FIELD_COLUMNS];
  const columns = [...first, ...nameColumns(fields, first, before)];
  const path = join(folder, fileName(0));
  const writer = await ParquetTableWriter.open(path, { columns });
  const runs: { id: string; rows: number }[] = [];
  try {
    for await (const chunk of chunks(records())) {
      signal?.throwIfAborted();
      for (const { id } of chunk) runs.push({ id, rows: 1 });
      await writer.write(renamed(rowsOf(chunk, new Set(fields.map(({ source }) => source))), columns));
    }
    await writer.close();
  } catch (error) {
    await writer.abort();
    throw error;
  }
  const inexact = new Set(writer.inexact);
  const file: StoredFile = {
    path,
    rows: writer.numRows,
    bytes: (await stat(path)).size,
    sha256: await sha256(path),
    columns,
    runs,
    inexact: columns.filter(({ name }) => inexact.has(name)).map(({ source }) => source),
  };
  return { file, leftOut };
}

interface Key {
  dtype: DType;
  runs: number;
}

async function keysOf(records: RecordSource, signal: AbortSignal | undefined): Promise<Map<string, Key>> {
  const keys = new Map<string, Key>();
  for await (const chunk of chunks(records())) {
    signal?.throwIfAborted();
    const rows = rowsOf(chunk);
    for (const source of rows.columnNames.slice(1 + FIELD_COLUMNS.length)) {
      const column = rows.column(source);
      const key = keys.get(source) ?? { dtype: "null", runs: 0 };
      key.dtype = uniteTypes(key.dtype, column.dtype);
      key.runs += column.length - column.nullCount;
      keys.set(source, key);
    }
  }
  return keys;
}

/** The keys that most runs have, by their names. */
function chosenKeys(keys: ReadonlyMap<string, Key>): { fields: Field[]; leftOut: number } {
  const chosen = [...keys]
    .sort(([a, one], [b, other]) => other.runs - one.runs || (a < b ? -1 : 1))
    .slice(0, MOST_COLUMNS)
    .map(([source, { dtype }]) => ({ source, dtype }))
    .sort((a, b) => (a.source < b.source ? -1 : 1));
  return { fields: chosen, leftOut: keys.size - chosen.length };
}

async function* chunks(records: AsyncIterable<RunRecord>): AsyncGenerator<RunRecord[], void, undefined> {
  let chunk: RunRecord[] = [];
  for await (const record of records) {
    chunk.push(record);
    if (chunk.length < RUNS_AT_ONCE) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}

/** Rows of the table, with the columns of the keys that runs have. */
function rowsOf(records: readonly RunRecord[], wanted?: ReadonlySet<string>): ParquetRows {
  const columns = new Map<string, TableValue[]>();
  const put = (row: number, name: string, value: TableValue) => {
    let cells = columns.get(name);
    if (cells === undefined) {
      cells = new Array<TableValue>(records.length).fill(null);
      columns.set(name, cells);
    }
    cells[row] = value;
  };
  for (const name of ["run_id", ...FIELD_COLUMNS.map(({ name }) => name)]) put(0, name, null);
  for (const [row, { id, fields, config, summary }] of records.entries()) {
    put(row, "run_id", id);
    for (const { name, dtype } of FIELD_COLUMNS) {
      const value = (fields as Record<string, TableValue | undefined>)[name] ?? null;
      put(row, name, dtype === "datetime" && typeof value === "number" ? new Date(value) : value);
    }
    for (const [part, text] of [
      ["config", config],
      ["summary", summary],
    ] as const) {
      const values = parse(text) as JsonObject;
      put(row, `${part}_json`, values);
      for (const [key, value] of flatten(values)) {
        const name = `${part}.${key}`;
        if (wanted === undefined || wanted.has(name)) put(row, name, value);
      }
    }
  }
  const table = new RunTable(columns, records.length);
  return { numRows: table.numRows, columnNames: table.columnNames, column: (name) => table.toColumn(name) };
}
