import { isDeepStrictEqual } from "node:util";
import { expect } from "vitest";
import type { PythonFrame } from "./ask-python.ts";
import type { ExpectedColumn, Kind } from "./expected.ts";
import type { Library, OurFrame } from "./our-frame.ts";
import { isList, isMap, loosen, parseJson, type Value } from "./values.ts";

export type Expected = ReadonlyMap<string, ExpectedColumn>;

const TYPES = {
  int64: "Int64",
  float64: "Float64",
  bool: "Bool",
  utf8: "String",
  json: "String",
  null: "Null",
};
/** danfo's types are labels: whole numbers have their own where 32 bits hold them. */
function danfoLabel({ kind, cells }: ExpectedColumn): string {
  const isSmall = cells.every((cell) => typeof cell !== "bigint" || BigInt.asIntN(32, cell) === cell);
  if (kind === "int64") return isSmall ? "int32" : "float32";
  if (kind === "bool") return "boolean";
  return kind === "utf8" || kind === "json" ? "string" : "float32";
}

/**
 * A frame has exactly these columns, in this order, of these types, with these values: NaN and null are told apart,
 * and whole numbers have every digit, except in danfo, whose numbers are doubles. JSON text is compared by what it says.
 */
export function expectExactly(library: Library, frame: OurFrame, expected: Expected): void {
  expect([...frame.columns.keys()]).toEqual([...expected.keys()]);
  for (const [name, column] of expected) {
    const { kind, cells } = column;
    const ours = frame.columns.get(name);
    expect(ours?.dtype, `the type of ${name}`).toBe(library === "danfo" ? danfoLabel(column) : TYPES[kind]);
    const values = ours?.cells.map((cell) => (kind === "json" ? fromText(cell) : cell));
    const doubles = library === "danfo" && kind === "int64";
    expectCells(values, doubles ? cells.map(toDouble) : cells, name);
    expect(frame.numRows).toBe(cells.length);
  }
}

const toDouble = (cell: Value): Value => (typeof cell === "bigint" ? Number(cell) : cell);

/** What pandas makes of columns: one that has a hole becomes floats, or Python's objects. */
const PANDAS: { readonly [K in Kind]: RegExp } = {
  int64: /^(int64|float64|object)$/,
  float64: /^(float64|object)$/,
  bool: /^(bool|object)$/,
  utf8: /^(str|object)$/,
  json: /^(object|str)$/,
  null: /^(object|float64)$/,
};

/**
 * A frame has the rows and columns of one of pandas, and its values, as far as pandas holds them: a missing value is
 * NaN there, so that null and NaN are one; whole numbers beside missing ones are floats, which loses digits beyond
 * 2^53; words on the wire, such as "NaN", stay words.
 */
export function expectAsPandas(frame: OurFrame, pandas: PythonFrame, kinds: Expected): void {
  expect(frame.numRows).toBe(pandas.numRows);
  expect([...frame.columns.keys()].sort()).toEqual([...pandas.columns.keys()].sort());
  for (const [name, { dtype, cells }] of pandas.columns) {
    const { kind } = kinds.get(name) as ExpectedColumn;
    expect(dtype, `the type of ${name}`).toMatch(PANDAS[kind]);
    // Ours are doubles in danfo.
    const isExact = dtype === "int64" && frame.columns.get(name)?.dtype === "Int64";
    const view = (cell: Value): Value => {
      if (typeof cell === "bigint") return isExact ? cell : Number(cell);
      if (kind !== "utf8" && typeof cell === "string") return WORDS.get(cell) ?? cell;
      return cell === null ? Number.NaN : loosen(cell);
    };
    const ours = frame.columns.get(name)?.cells.map((cell) => {
      return view(kind === "json" ? fromText(cell) : cell);
    });
    expectCells(ours, cells.map(view), name);
  }
}

const WORDS = new Map([
  ["NaN", Number.NaN],
  ["Infinity", Number.POSITIVE_INFINITY],
  ["-Infinity", Number.NEGATIVE_INFINITY],
]);

/** A frame has the rows, columns, types and values of one of Python's polars, which knows null and NaN. */
export function expectAsPolars(frame: OurFrame, polars: PythonFrame): void {
  expect(frame.numRows).toBe(polars.numRows);
  expect([...frame.columns.keys()].sort()).toEqual([...polars.columns.keys()].sort());
  for (const [name, { dtype, cells }] of polars.columns) {
    const ours = frame.columns.get(name);
    expect(ours?.dtype, `the type of ${name}`).toBe(dtype === "Boolean" ? "Bool" : dtype.replace(/\(.*/, ""));
    // A series gives nested whole numbers as doubles.
    const isNested = /^(List|Struct)/.test(dtype);
    expectCells(ours?.cells, isNested ? cells.map(loosen) : cells, name);
  }
}

/** What nested values are as structs: every object of a column has the fields of all, null where it hasn't one. */
export function asStructs(cells: readonly Value[]): Value[] {
  const objects = cells.filter(isMap);
  if (objects.length > 0) {
    const names = [...new Set(objects.flatMap((object) => [...object.keys()]))];
    const fields = names.map((name) =>
      asStructs(cells.map((cell) => (isMap(cell) ? (cell.get(name) ?? null) : null))),
    );
    return cells.map((cell, row) =>
      isMap(cell) ? new Map(names.map((name, index) => [name, fields[index]?.[row] ?? null])) : cell,
    );
  }
  if (!cells.some(isList)) return [...cells];
  const items = asStructs(cells.filter(isList).flat());
  return cells.map((cell) => (isList(cell) ? items.splice(0, cell.length) : cell));
}

/** Shows the first cell that differs, for a diff of long columns takes longer than anybody waits. */
export function expectCells(
  ours: readonly Value[] | undefined,
  expected: readonly Value[],
  name: string,
): void {
  expect(ours?.length, `how many cells ${name} has`).toBe(expected.length);
  const row = expected.findIndex((cell, index) => !isDeepStrictEqual(ours?.[index], cell));
  if (row >= 0) expect(ours?.[row], `row ${row} of ${name}`).toStrictEqual(expected[row]);
}

function fromText(cell: Value): Value {
  if (cell !== null && typeof cell !== "string") throw new Error(`JSON is text, and this isn't: ${cell}`);
  return cell === null ? null : parseJson(cell);
}
