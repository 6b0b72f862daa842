import type { HistoryTable } from "@lazyruns/core";
import { expect } from "vitest";
import { isList, isMap, loosen, parseJson, type Tagged, untag, type Value } from "../frames/values.ts";
import { runPython } from "../support/python.ts";

/** A row without what is null in it, which is the same as absent. 1 and 1.0 are one. */
export type Row = ReadonlyMap<string, Value>;

/** What the real client is asked; `scan_histories.py` says what each kind gives. */
export type Question =
  | { readonly kind: "scan"; readonly path: string; readonly run: string; readonly options: ScanOptions }
  | { readonly kind: "files"; readonly path: string; readonly run: string }
  | { readonly kind: "project"; readonly path: string };

/** The options of the client's `scan_history()`, by its names. */
export interface ScanOptions {
  readonly keys?: readonly string[];
  readonly min_step?: number;
  readonly max_step?: number;
  readonly page_size?: number;
}

/** Rows as the client gives them: with what is None, and with 1 and 1.0 told apart. */
export type PrintedRow = readonly (readonly [string, Tagged])[];

/** The client's answers, one a question. */
export async function askPython(baseUrl: string, questions: readonly Question[]): Promise<unknown[]> {
  const text = await runPython(new URL("scan_histories.py", import.meta.url), {
    baseUrl,
    input: JSON.stringify(questions),
  });
  const mark = "answers ";
  return JSON.parse(text.slice(text.indexOf(mark) + mark.length));
}

export function pythonRows(printed: unknown): Row[] {
  return (printed as PrintedRow[]).map(
    (row) => new Map(row.map(([key, value]) => [key, plain(untag(value))] as const).filter(isThere)),
  );
}

/** The rows of batches, in order, each with its id. */
export async function ourRows(batches: AsyncIterable<HistoryTable>): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const table of batches) rows.push(...rowsOf(table));
  return rows;
}

export function rowsOf(table: HistoryTable): Row[] {
  const columns = table.columnNames
    .filter((name) => name !== "run_id")
    .map((name) => {
      const column = table.column(name);
      const { dtype } = column;
      const cells = dtype === "json" ? texts(column.values, column) : [...column];
      return [name, cells.map((cell) => ours(cell as Value, dtype === "json"))] as const;
    });
  return Array.from(
    { length: table.numRows },
    (_, row) => new Map(columns.map(([name, cells]) => [name, cells[row] as Value] as const).filter(isThere)),
  );
}

function texts(values: readonly string[], { validity }: { readonly validity: Uint8Array | null }) {
  const has = (row: number) => validity === null || ((validity[row >>> 3] as number) >> (row & 7)) & 1;
  return values.map((text, row) => (has(row) ? text : null));
}

function ours(cell: Value, isJson: boolean): Value {
  return plain(isJson && typeof cell === "string" ? parseJson(cell) : cell);
}

const isThere = (entry: readonly [string, Value]) => entry[1] !== null;

/** A value without the nulls in its objects, for fields of structs are null where a row hasn't them. */
function plain(value: Value): Value {
  if (isList(value)) return value.map(plain);
  if (isMap(value))
    return new Map([...value].map(([key, item]) => [key, plain(item)] as const).filter(isThere));
  return loosen(value);
}

/** The same rows in the same order. Shows the first that differs, for long lists take long to be shown. */
export function expectRows(found: readonly Row[], expected: readonly Row[], what: string): void {
  const differs = expected.findIndex((row, index) => !equal(found[index], row));
  if (differs >= 0) expect(found[differs], `row ${differs} of ${what}`).toEqual(expected[differs]);
  expect(found.length, `the rows of ${what}`).toBe(expected.length);
}

function equal(a: Value | undefined, b: Value): boolean {
  if (isMap(b))
    return (
      isMap(a as Value) &&
      (a as Row).size === b.size &&
      [...b].every(([key, item]) => equal((a as Row).get(key), item))
    );
  if (isList(b))
    return (
      isList(a as Value) &&
      (a as Value[]).length === b.length &&
      b.every((item, at) => equal((a as Value[])[at], item))
    );
  return Object.is(a, b);
}
