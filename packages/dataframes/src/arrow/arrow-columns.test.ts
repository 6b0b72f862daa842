import { tableFromIPC } from "@uwdata/flechette";
import {
  Table as ArrowJsTable,
  Binary,
  Field,
  Int32,
  Struct,
  tableToIPC,
  Utf8,
  vectorFromArray,
} from "apache-arrow";
import { expect, test } from "vitest";
import { arrowColumns } from "./arrow-columns.ts";

const struct = new Struct([new Field("b", new Int32(), true), new Field("c", new Utf8(), true)]);

function ipc(): Uint8Array {
  const a = vectorFromArray([{ b: 1, c: null }, null, { b: null, c: "y" }], struct as never);
  const bytes = vectorFromArray([Buffer.from("text"), Buffer.from([255]), null], new Binary());
  return tableToIPC(new ArrowJsTable({ a, bytes } as never), "stream");
}

test("nested values become JSON text, without what is null in them", async () => {
  expect(tableFromIPC(ipc()).numRows).toBe(3);
  const { numRows, columns } = await arrowColumns(ipc());
  expect(numRows).toBe(3);
  expect(columns).toEqual([
    { name: "a", dtype: "json", values: ['{"b":1}', "", '{"c":"y"}'], validity: Uint8Array.of(0b101) },
    {
      name: "bytes",
      dtype: "utf8",
      values: ["text", "data:;base64,/w==", ""],
      validity: Uint8Array.of(0b011),
    },
  ]);
});

test("parts of structs come by their paths; what isn't there is left out", async () => {
  const wanted = [
    { name: "a.b", path: ["a", "b"] },
    { name: "a.x", path: ["a", "x"] },
    { name: "z", path: ["z"] },
    { name: "a.b.c", path: ["a", "b", "c"] },
  ];
  const { columns } = await arrowColumns(ipc(), { columns: wanted });
  expect(columns.map(({ name, dtype, validity }) => [name, dtype, validity])).toEqual([
    ["a.b", "int64", Uint8Array.of(0b001)],
  ]);
});
