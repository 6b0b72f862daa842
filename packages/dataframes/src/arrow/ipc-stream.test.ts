import { type AnyColumn, LazyrunsError } from "@lazyruns/core";
import { type Table, tableFromIPC } from "@uwdata/flechette";
import { type Table as ApacheTable, tableFromIPC as apacheTable } from "apache-arrow";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { planFrame } from "../columns/plan.ts";
import { type AnyRows, anyRows, type Cells, tableOf } from "../testing/tables.ts";
import { ipcMessages, ipcStream } from "./ipc-stream.ts";

const options = { onWarning: ({ message }: { message: string }) => expect.unreachable(message) };

function write(rows: AnyRows, rowsPerPiece: number): Uint8Array {
  const plan = planFrame(tableOf(rows), options, { name: "Arrow" });
  return ipcStream(plan, ...plan.pieces(rowsPerPiece));
}

/** As the readers give it: a moment is its milliseconds, and a null for all that is none. */
const expected = ({ dtype, cells }: Cells) =>
  cells.map((cell) => (dtype === "datetime" && cell !== null ? Number(cell) : cell));

describe("rows of every type, in one batch and in several,", () => {
  const rowsPerPiece = fc.constantFrom(1, 7, 1000);

  test("are read by flechette as they were", () => {
    fc.assert(
      fc.property(anyRows, rowsPerPiece, (rows, rowsPerPiece) => {
        const table: Table = tableFromIPC(write(rows, rowsPerPiece), { useBigInt: true });
        expect(table.numRows).toBe(rows.runIds.length);
        expect(Array.from(table.getChild("run_id"))).toEqual(rows.runIds);
        for (const column of rows.columns) {
          expect(Array.from(table.getChild(column.name))).toStrictEqual(expected(column));
        }
      }),
    );
  });

  test("are read by apache-arrow as they were", () => {
    fc.assert(
      fc.property(anyRows, rowsPerPiece, (rows, rowsPerPiece) => {
        const table: ApacheTable = apacheTable(write(rows, rowsPerPiece));
        expect(table.numRows).toBe(rows.runIds.length);
        expect([...(table.getChild("run_id") ?? [])]).toEqual(rows.runIds);
        for (const column of rows.columns) {
          expect([...(table.getChild(column.name) ?? [])]).toStrictEqual(expected(column));
        }
      }),
    );
  });
});

test("the schema says what the columns are", () => {
  const dtypes = ["int64", "float64", "bool", "utf8", "json", "datetime", "null"] as const;
  const columns = dtypes.map((dtype) => ({ name: dtype, dtype, cells: [] }));
  const { schema } = apacheTable(write({ runIds: [], columns }, 1));
  expect(schema.fields.map(({ name, type }) => `${name} ${type}`)).toEqual([
    "run_id Utf8",
    "bool Bool",
    "datetime Timestamp<MILLISECOND, UTC>",
    "float64 Float64",
    "int64 Int64",
    "json Utf8",
    "null Null",
    "utf8 Utf8",
  ]);
  expect(schema.fields.every(({ nullable }) => nullable)).toBe(true);
  expect([...(schema.fields.find(({ name }) => name === "json")?.metadata ?? [])]).toEqual([
    ["lazyruns.type", "json"],
  ]);
});

test("buffers lie at multiples of 8, and a column without nulls has no bitmap", () => {
  const cells = (dtype: Cells["dtype"], cells: unknown[]) => ({ name: dtype, dtype, cells });
  const runIds = ["a", "bc", "d"];
  const columns = [
    cells("float64", [1, 2, 3]),
    cells("int64", [1n, null, 3n]),
    cells("utf8", ["x", "y", "z"]),
  ];
  const bytes = write({ runIds, columns }, 10);
  const table = tableFromIPC(bytes);
  const [floats, longs] = ["float64", "int64"].map((name) => table.getChild(name).data[0]);
  expect(bytes.length % 8).toBe(0);
  expect((floats?.values.byteOffset ?? 1) % 8).toBe(0);
  expect(floats?.validity).toHaveLength(0);
  expect(longs?.validity).toEqual(Uint8Array.of(0b101));
});

test("many columns and long names make a schema larger than what is taken for it at first", () => {
  const columns = Array.from({ length: 300 }, (_, index) => ({
    name: `${index}`.padStart(400, "x"),
    dtype: "float64" as const,
    cells: [index],
  }));
  const table = apacheTable(write({ runIds: ["r"], columns }, 10));
  expect(table.numCols).toBe(301);
  for (const { name, cells } of columns) expect([...(table.getChild(name) ?? [])]).toEqual(cells);
});

test("a table that is too large for one array is refused with its size", () => {
  const loss = { name: "loss", dtype: "float64", length: 2 ** 49, nullCount: 0 } as AnyColumn;
  const table = { numRows: loss.length, columnNames: ["loss"], column: () => loss, batches: () => [table] };
  const plan = planFrame(table, options, { name: "Arrow" });
  expect(() => ipcStream(plan, table)).toThrow(LazyrunsError);
  expect(() => ipcStream(plan, table)).toThrow(/take 4503599627\d+ bytes.*Take fewer runs or keys/);
});

test("in parts it is the same stream, and each part is made before the next piece is asked for", () => {
  const runIds = ["a", "b", "c"];
  const table = tableOf({ runIds, columns: [{ name: "x", dtype: "utf8", cells: ["p", null, "r"] }] });
  const plan = planFrame(table, options, { name: "Arrow" });
  const asked: number[] = [];
  function* pieces() {
    for (const piece of plan.pieces(1)) {
      asked.push(piece.numRows);
      yield piece;
    }
  }
  const parts = ipcMessages(plan, pieces());
  const made: Uint8Array[] = [];
  for (const part of parts) {
    made.push(part);
    expect(asked).toHaveLength(made.length - 1);
  }
  const whole = ipcStream(plan, ...plan.pieces(1));
  expect(Buffer.concat(made).equals(whole.subarray(0, -8))).toBe(true);
});
