import { type ColumnData, HistoryTable } from "@lazyruns/core";
import fc from "fast-check";
import { bitmapBytes, setBit } from "../bits.ts";

/** Names as metrics have them, and odd ones; all of them fit into UTF-8. */
const NAMES = [
  "a",
  "_step",
  "_timestamp",
  "train/loss",
  "é",
  "0",
  "__proto__",
  "toString",
  "columns",
  'q"',
  "",
  "\u0000",
];

/** What a cell of each type can be. */
const CELLS: { readonly [D in ColumnData["dtype"]]: fc.Arbitrary<unknown> } = {
  int64: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  float64: fc.double(),
  bool: fc.boolean(),
  utf8: fc.string({ unit: "grapheme" }),
  json: fc.jsonValue({ maxDepth: 2 }).map((value) => JSON.stringify(value)),
  datetime: fc.integer({ min: -8.64e15, max: 8.64e15 }).map(BigInt),
  null: fc.constant(null),
};

/** What stands where there is no value: wrong ones, so that a frame that shows them is found out. */
const FILLERS = { int64: 99n, float64: 99, bool: 1, utf8: "no", json: '"no"', datetime: 99n, null: 0 };

/** A column's name, its type and a value or a null a row. */
export interface Cells {
  readonly name: string;
  readonly dtype: ColumnData["dtype"];
  readonly cells: readonly unknown[];
}

/** The rows of some runs. */
export interface AnyRows {
  readonly runIds: readonly string[];
  readonly columns: readonly Cells[];
}

/** Rows of a few runs, with columns of any type, with nulls or without. */
export const anyRows: fc.Arbitrary<AnyRows> = fc
  .tuple(
    fc.array(fc.record({ id: fc.constantFrom("r1", "r2", "é"), rows: fc.nat(20) }), { maxLength: 4 }),
    fc.uniqueArray(fc.constantFrom(...NAMES), { maxLength: 5 }),
  )
  .chain(([runs, names]) => {
    const runIds = runs.flatMap(({ id, rows }) => new Array<string>(rows).fill(id));
    return fc.record({
      runIds: fc.constant(runIds),
      columns: fc.tuple(...names.map((name) => anyCells(name, runIds.length))),
    });
  });

function anyCells(name: string, rows: number): fc.Arbitrary<Cells> {
  return fc
    .tuple(fc.constantFrom(...(Object.keys(CELLS) as ColumnData["dtype"][])), fc.boolean())
    .chain(([dtype, nulls]) =>
      fc.record({
        name: fc.constant(name),
        dtype: fc.constant(dtype),
        cells: fc.array(nulls ? fc.option(CELLS[dtype]) : CELLS[dtype], { minLength: rows, maxLength: rows }),
      }),
    );
}

/** The table of rows. */
export function tableOf({ runIds, columns }: AnyRows): HistoryTable {
  return HistoryTable.fromColumns(runIds, columns.map(columnOf));
}

function columnOf({ name, dtype, cells }: Cells): ColumnData {
  const filled = cells.map((cell) => cell ?? FILLERS[dtype]);
  const bits = new Uint8Array(bitmapBytes(cells.length));
  for (const [row, cell] of cells.entries()) if (cell !== null) setBit(bits, row);
  return {
    name,
    dtype,
    values: valuesOf(dtype, filled),
    validity: cells.includes(null) ? bits : null,
  } as ColumnData;
}

function valuesOf(dtype: ColumnData["dtype"], cells: readonly unknown[]): unknown {
  switch (dtype) {
    case "int64":
    case "datetime":
      return BigInt64Array.from(cells as bigint[]);
    case "float64":
      return Float64Array.from(cells as number[]);
    case "utf8":
    case "json":
      return cells;
    default:
      return Uint8Array.from(cells, (cell) => Number(cell));
  }
}
