import { type ColumnData, HistoryTable } from "@lazyruns/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { datetimesOf } from "./datetimes.ts";

/** What a column becomes: ISO 8601 text a row, or null. */
function read(dtype: ColumnData["dtype"], values: unknown, validity: Uint8Array | null = null) {
  const { length } = values as { length: number };
  const table = HistoryTable.fromColumns(new Array(length).fill("r"), [
    { name: "at", dtype, values, validity } as ColumnData,
  ]);
  const read = datetimesOf(table.column("at"));
  const rows = Array.from(read.values, (value, row) => {
    const valid = read.validity === null || (((read.validity[row >>> 3] as number) >>> (row & 7)) & 1) === 1;
    return valid ? new Date(Number(value)).toISOString() : null;
  });
  expect(rows.filter((row) => row === null)).toHaveLength(read.nullCount);
  return { rows, lost: read.lost };
}

describe("seconds since 1970", () => {
  test("become moments to the millisecond", () => {
    expect(read("float64", Float64Array.of(0, 1700000000.1234, -0.5, 8.64e12))).toEqual({
      rows: [
        "1970-01-01T00:00:00.000Z",
        "2023-11-14T22:13:20.123Z",
        "1969-12-31T23:59:59.500Z",
        "+275760-09-13T00:00:00.000Z",
      ],
      lost: 0,
    });
    expect(read("int64", BigInt64Array.of(-1n, 1700000000n)).rows).toEqual([
      "1969-12-31T23:59:59.000Z",
      "2023-11-14T22:13:20.000Z",
    ]);
  });

  test("are nulls, and counted, where no date is that far or they are no numbers", () => {
    const { rows, lost } = read(
      "float64",
      Float64Array.of(Number.NaN, Infinity, 8.7e12, 1, 2),
      Uint8Array.of(0b01111),
    );
    expect(rows).toEqual([null, null, null, "1970-01-01T00:00:01.000Z", null]);
    expect(lost).toBe(3);
    expect(read("int64", BigInt64Array.of(2n ** 62n)).lost).toBe(1);
  });

  test("are what Date makes of them", () => {
    const seconds = fc.array(fc.double({ min: -8.64e12, max: 8.64e12, noNaN: true }));
    fc.assert(
      fc.property(seconds, (seconds) => {
        const expected = seconds.map((second) => new Date(Math.round(second * 1000)).toISOString());
        expect(read("float64", Float64Array.from(seconds)).rows).toEqual(expected);
      }),
    );
  });
});

describe("text", () => {
  test.each([
    ["2024-02-29", "2024-02-29T00:00:00.000Z"],
    ["2024-02-29T12:30", "2024-02-29T12:30:00.000Z"],
    ["2024-02-29T12:30:15", "2024-02-29T12:30:15.000Z"],
    ["2024-02-29 12:30:15.5", "2024-02-29T12:30:15.500Z"],
    ["2024-02-29T12:30:15.123456789Z", "2024-02-29T12:30:15.123Z"],
    ["2024-02-29T12:30:15+02:00", "2024-02-29T10:30:15.000Z"],
    ["2024-02-29T12:30:15-0530", "2024-02-29T18:00:15.000Z"],
    ["2024-02-29t12:30:15+02", "2024-02-29T10:30:15.000Z"],
    [" 2024-02-29T12:30:15z ", "2024-02-29T12:30:15.000Z"],
    ["-000001-01-01", "-000001-01-01T00:00:00.000Z"],
    ["+012024-01-01", "+012024-01-01T00:00:00.000Z"],
    ["0001-01-01", "0001-01-01T00:00:00.000Z"],
  ])("of ISO 8601 is a moment: %j", (text, moment) => {
    expect(read("utf8", [text])).toEqual({ rows: [moment], lost: 0 });
  });

  test.each([
    "",
    "yesterday",
    "2023-02-29",
    "2024-02-30T00:00:00Z",
    "2024-13-01",
    "2024-01-00",
    "2024-01-01T25:00:00",
    "2024-01-01T00:60",
    "2024-01-01T00:00:00+25:00",
    "2024",
    "1700000000",
    "Feb 29, 2024",
    "2024-02-29T12:30:15 Europe/Berlin",
    "-000000-01-01",
  ])("of no date is null, and counted: %j", (text) => {
    expect(read("utf8", [text])).toEqual({ rows: [null], lost: 1 });
  });
});

test("mixed values are each what they are", () => {
  expect(read("json", ["1.5", '"2024-02-29"', "true", "{}", "null"])).toEqual({
    rows: ["1970-01-01T00:00:01.500Z", "2024-02-29T00:00:00.000Z", null, null, null],
    lost: 3,
  });
});

test("moments stay, and nothing is nothing", () => {
  expect(read("datetime", BigInt64Array.of(-1n, 0n), Uint8Array.of(0b01))).toEqual({
    rows: ["1969-12-31T23:59:59.999Z", null],
    lost: 0,
  });
  expect(read("null", new Uint8Array(2))).toEqual({ rows: [null, null], lost: 0 });
});
