import { inspect } from "node:util";
import { type Json, type JsonObject, parse } from "@lazyruns/json";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { InvalidArgumentError } from "../../errors.ts";
import { generatedRows } from "../../testing/generated-rows.ts";
import { answerOf, onTheWire } from "../../testing/history-answers.ts";
import { splitAnswer } from "../scan/split-answer.ts";
import { getBit } from "./bitmap.ts";
import { buildChunk } from "./build-chunk.ts";
import type { AnyColumn } from "./column.ts";
import type { ColumnData } from "./from-columns.ts";
import { HistoryTable, makeTable } from "./history-table.ts";
import type { RunField } from "./run-fields.ts";

const ref = (id: string) => ({ id, entity: "team", project: "p" });
const tableOf = (runs: Record<string, readonly JsonObject[]>, floats: readonly string[] = []) =>
  makeTable(
    Object.entries(runs).map(([id, rows]) => ({ run: ref(id), chunk: buildChunk(rows, new Set(floats)) })),
  );

describe("a table of any rows", () => {
  const runs = fc.dictionary(fc.constantFrom("r1", "r2", "r3"), generatedRows, { noNullPrototype: true });

  test("gives them back as they were, each with its run's id", () => {
    fc.assert(
      fc.property(runs, (runs) => {
        const table = tableOf(runs);
        const expected = Object.entries(runs).flatMap(([id, rows]) =>
          rows.map((row) => Object.fromEntries([["run_id", id], ...Object.entries(row)])),
        );
        expect(table.toRows()).toStrictEqual(expected);
        expect([...table]).toStrictEqual(expected);
        expect(table.numRows).toBe(expected.length);
      }),
    );
  });

  test("has columns that agree with the rows", () => {
    fc.assert(
      fc.property(runs, (runs) => {
        const table = tableOf(runs);
        const rows = table.toRows();
        for (const name of table.columnNames) {
          const column = table.column(name);
          const cells = rows.map((row) => (Object.hasOwn(row, name) ? (row[name] as Json) : null));
          expect([...column]).toStrictEqual(cells);
          expect(cells.map((_, row) => column.get(row))).toStrictEqual(cells);
          expectLayout(column, cells);
        }
      }),
    );
  });

  test("comes in pieces, which have its columns and types", () => {
    fc.assert(
      fc.property(runs, fc.integer({ min: 1, max: 20 }), (runs, maxRows) => {
        const whole = tableOf(runs);
        const pieces = [...whole.batches(maxRows)];
        expect(pieces.flatMap((piece) => piece.toRows())).toStrictEqual(whole.toRows());
        for (const piece of pieces) {
          expect(piece.numRows > 0 && piece.numRows <= maxRows).toBe(true);
          if (piece.runIds.length > 1) {
            for (const id of piece.runIds) expect(piece.forRun(id).numRows).toBe(runs[id]?.length);
          }
          expect(piece.columnNames).toEqual(whole.columnNames);
          for (const name of whole.columnNames) {
            const column = piece.column(name);
            expect(column.dtype).toBe(whole.column(name).dtype);
            expectLayout(column, [...column] as Json[]);
          }
        }
      }),
    );
  });

  test("can be made of its columns again, but for keys that hold null", () => {
    fc.assert(
      fc.property(runs, (runs) => {
        const table = tableOf(runs);
        const [, ...metrics] = table.columnNames.map((name) => table.column(name));
        const ids = [...table.runLengths()].flatMap(({ runId, numRows }) => Array(numRows).fill(runId));
        const again = HistoryTable.fromColumns(ids, metrics as ColumnData[]);
        expect(again.columnNames).toEqual(table.columnNames);
        for (const name of table.columnNames) {
          const [ours, theirs] = [again.column(name), table.column(name)];
          expect(ours.dtype).toBe(theirs.dtype);
          expect(ours.values).toStrictEqual(theirs.values);
          expect(ours.validity).toStrictEqual(theirs.validity);
        }
      }),
    );
  });

  test("is the same table when made of the tables of its runs", () => {
    fc.assert(
      fc.property(runs, (runs) => {
        const whole = tableOf(runs);
        const joined = HistoryTable.concat(whole.runIds.map((id) => whole.forRun(id)));
        expect(joined.toRows()).toStrictEqual(whole.toRows());
        expect(joined.columnNames).toEqual(whole.columnNames);
        expect([...joined.runLengths()]).toEqual([...whole.runLengths()]);
      }),
    );
  });
});

/** Checks values, validity and UTF-8 of a column against the cells that rows have. */
function expectLayout(column: AnyColumn, cells: readonly Json[]): void {
  expect(column.length).toBe(cells.length);
  expect(column.nullCount).toBe(cells.filter((cell) => cell === null).length);
  const { validity } = column;
  expect(validity === null).toBe(column.nullCount === 0);
  cells.forEach((cell, row) => {
    if (validity !== null) expect(getBit(validity, row)).toBe(cell !== null);
    const value = column.values[row];
    switch (column.dtype) {
      case "int64":
        expect(value).toBe(BigInt((cell as number | bigint | null) ?? 0));
        break;
      case "float64":
        expect(value).toBe(cell === null ? Number.NaN : Number(cell));
        break;
      case "bool":
        expect(value).toBe(cell === true ? 1 : 0);
        break;
      case "utf8":
        expect(value).toBe(cell ?? "");
        break;
      case "json":
        if (cell === null) expect(value).toBe("");
        else expect(parse(value as string)).toStrictEqual(cell);
        break;
      case "null":
        expect(value).toBe(0);
    }
  });
  if (column.dtype !== "utf8" && column.dtype !== "json") return;
  const { offsets, data } = column.toUtf8();
  expect(offsets).toHaveLength(cells.length + 1);
  column.values.forEach((text, row) => {
    const bytes = Buffer.from(data.subarray(offsets[row], offsets[row + 1]));
    expect(bytes.toString("utf8")).toBe(Buffer.from(text).toString("utf8"));
  });
}

describe("types", () => {
  test.each([
    ["whole numbers", [1, -2, null], "int64"],
    ["whole numbers up to 64 bits", [2n ** 63n - 1n, -(2n ** 63n), 3], "int64"],
    ["whole numbers beyond 64 bits", [2n ** 63n, 1], "float64"],
    ["whole numbers and doubles", [1, 0.5], "float64"],
    ["negative zero", [-0, 1], "float64"],
    ["NaN and the infinities", [Number.NaN, Number.POSITIVE_INFINITY], "float64"],
    ["truth values", [true, false, null], "bool"],
    ["texts", ["a", "NaN"], "utf8"],
    ["nulls", [null, null], "null"],
    ["nested values", [{ a: 1 }, [2]], "json"],
    ["numbers and texts", [1, "a"], "json"],
    ["numbers and truth values", [1, true], "json"],
    ["texts and nested values", ["a", ["a"]], "json"],
  ] as [string, Json[], string][])("%s, in one run and over several", (_, values, dtype) => {
    const rows = values.map((m) => ({ m }));
    expect(tableOf({ a: rows }).column("m").dtype).toBe(dtype);
    const apart = tableOf(Object.fromEntries(rows.map((row, index) => [`r${index}`, [row]])));
    expect(apart.column("m").dtype).toBe(dtype);
    expect(apart.toRows().map(({ m }) => m)).toStrictEqual(values);
  });

  test("numbers that were written as doubles are doubles, whole or not", () => {
    expect(tableOf({ a: [{ m: 1 }] }, ["m"]).column("m").dtype).toBe("float64");
  });

  test("whole numbers beyond 2^53 that meet doubles stay exact in rows", () => {
    const big = 2n ** 60n + 1n;
    for (const table of [
      tableOf({ a: [{ m: big }, { m: 0.5 }] }),
      tableOf({ a: [{ m: big }], b: [{ m: 0.5 }] }),
    ]) {
      expect(table.column("m").values).toEqual(Float64Array.of(2 ** 60, 0.5));
      expect(table.column("m").get(0)).toBe(big);
      expect(table.toRows()[0]).toEqual({ run_id: "a", m: big });
    }
  });
});

test("a null that was logged is in the row; a metric that wasn't is not", () => {
  const table = tableOf({ a: [{ m: null, n: 1 }, { n: 2 }, { m: 3, n: 3 }] });
  expect(table.toRows()).toStrictEqual([
    { run_id: "a", m: null, n: 1 },
    { run_id: "a", n: 2 },
    { run_id: "a", m: 3, n: 3 },
  ]);
  expect(table.column("m").nullCount).toBe(2);
});

test("column names: run_id, then sorted by name", () => {
  const table = tableOf({ a: [{ z: 1, _step: 0 }], b: [{ B: 1, a: 1 }] });
  expect(table.columnNames).toEqual(["run_id", "B", "_step", "a", "z"]);
  expect(Object.keys(table.toRows()[0] as object)).toEqual(["run_id", "_step", "z"]);
  expect(table.column("run_id").values).toEqual(["a", "b"]);
});

test("a run without rows is there, and has none", () => {
  const table = tableOf({ a: [], b: [{ m: 1 }] });
  expect(table.runIds).toEqual(["a", "b"]);
  expect(table.forRun("a").numRows).toBe(0);
  expect(table.forRun("a").columnNames).toEqual(["run_id"]);
  expect(makeTable([]).toRows()).toEqual([]);
});

test("what isn't there is refused with what is", () => {
  const table = tableOf({ a: [{ loss: 1 }] });
  expect(() => table.column("los")).toThrow(
    new InvalidArgumentError('The table has no column "los"; it has "run_id", "loss".'),
  );
  expect(() => table.forRun("b")).toThrow(new InvalidArgumentError('The table has no run "b"; it has "a".'));
  expect(() => table.column("loss").get(1)).toThrow(InvalidArgumentError);
});

test("a metric called run_id is refused by name, with what to do", () => {
  expect(() => tableOf({ a: [{ run_id: 1 }] })).toThrow(
    /Run a of team\/p logged a metric called "run_id".* Name the metrics you want by/,
  );
});

test("inspect shows the shape on a line", () => {
  const table = tableOf({ a: [{ loss: 1 }, {}], b: [] });
  expect(inspect(table)).toBe("HistoryTable { 2 rows of 2 runs, 2 columns: run_id, loss }");
  expect(inspect(table.column("loss"))).toBe('Column { "loss": int64, 2 rows, 1 null }');
});

test("copyValues and copyValidity write where they are told, and the table keeps nothing", () => {
  const table = tableOf({ a: [{ m: 1 }, {}, { m: 3 }], b: [{ m: 4 }] });
  const column = table.column("m");
  const values = new BigInt64Array(6);
  column.copyValues(values, 1);
  expect([...values]).toEqual([0n, 1n, 0n, 3n, 4n, 0n]);
  const validity = new Uint8Array(2);
  column.copyValidity(validity, 7);
  expect([...validity]).toEqual([0b1000_0000, 0b110]);
});

describe("columns of the run", () => {
  const fields = new Map<string, RunField>([
    ["name", "blue <b>"],
    ["lr", 0.1],
    ["tags", ["a", "b"]],
    ["createdAt", new Date("2026-01-02T03:04:05.678Z")],
    ["group", null],
    ["big", 2n ** 60n],
    ["__proto__", true],
  ]);
  const chunk = buildChunk([{ _step: 0, loss: 1.5 }, { _step: 1 }], new Set(["loss"]));
  const table = makeTable([{ run: ref("r1"), chunk, fields }]);

  test("stand behind the run's id, the same in every row", () => {
    expect(table.columnNames).toEqual(["run_id", ...fields.keys(), "_step", "loss"]);
    const run = {
      run_id: "r1",
      name: "blue <b>",
      lr: 0.1,
      tags: ["a", "b"],
      createdAt: "2026-01-02T03:04:05.678Z",
      group: null,
      big: 2n ** 60n,
      ["__proto__"]: true,
    };
    const rows = [
      { ...run, _step: 0, loss: 1.5 },
      { ...run, _step: 1 },
    ];
    expect(table.toRows()).toStrictEqual(rows);
    expect([...table]).toStrictEqual(rows);
  });

  test("have types of their own, moments among them", () => {
    const types = table.columnNames.map((name) => [name, table.column(name).dtype]);
    expect(Object.fromEntries(types)).toStrictEqual({
      run_id: "utf8",
      name: "utf8",
      lr: "float64",
      tags: "json",
      createdAt: "datetime",
      group: "null",
      big: "int64",
      ["__proto__"]: "bool",
      _step: "int64",
      loss: "float64",
    });
    const ms = BigInt(Date.UTC(2026, 0, 2, 3, 4, 5, 678));
    expect(table.column("createdAt").values).toStrictEqual(BigInt64Array.of(ms, ms));
    expect(table.column("group").nullCount).toBe(2);
  });

  test("are united over runs that have none", () => {
    const other = makeTable([
      {
        run: ref("r2"),
        chunk,
        fields: new Map<string, RunField>([
          ["lr", 1],
          ["createdAt", null],
        ]),
      },
    ]);
    const both = HistoryTable.concat([table, other]);
    expect([...both.column("lr")]).toEqual([0.1, 0.1, 1, 1]);
    expect(both.column("createdAt")).toMatchObject({ dtype: "datetime", nullCount: 2 });
    expect([...both.column("name")]).toEqual(["blue <b>", "blue <b>", null, null]);
  });

  test("can't have the name of a metric", () => {
    const clash = () => makeTable([{ run: ref("r1"), chunk, fields: new Map([["loss", 1]]) }]);
    expect(clash).toThrow(
      'Run r1 of team/p logged a metric called "loss", which is asked for as a column of the run, too. ' +
        'Name the metrics you want by { keys: [...] }, or give the run\'s column another: columns: { "run.loss": ... }.',
    );
  });
});

describe("columns from elsewhere", () => {
  const loss = { name: "loss", dtype: "float64", values: Float64Array.of(1, 2), validity: null } as const;

  test("are split by the runs that follow one another", () => {
    const table = HistoryTable.fromColumns(["b", "a"], [{ ...loss, validity: Uint8Array.of(0b10) }]);
    expect(table.toRows()).toEqual([{ run_id: "b" }, { run_id: "a", loss: 2 }]);
    expect(table.runIds).toEqual(["b", "a"]);
  });

  test("make a table without rows, too", () => {
    const table = HistoryTable.fromColumns([], [{ ...loss, values: new Float64Array() }]);
    expect(table.columnNames).toEqual(["run_id", "loss"]);
    expect(table.column("loss").dtype).toBe("float64");
  });

  const bad: [string, readonly unknown[], string][] = [
    ["too few values", [{ ...loss, values: Float64Array.of(1) }], "it has 1 values for 2 rows"],
    ["another array", [{ ...loss, values: [1, 2] }], "its values must be a Float64Array"],
    ["an unknown type", [{ ...loss, dtype: "constructor" }], 'there is no type "constructor"'],
    ["a name twice", [loss, loss], "it comes twice"],
    ["the id's name", [{ ...loss, name: "run_id" }], "it comes twice"],
    ["a short bitmap", [{ ...loss, validity: new Uint8Array() }], "a bitmap of 2 bits"],
    ["text that is none", [{ ...loss, dtype: "utf8", values: ["a", 1] }], "row 1 is 1, and no text"],
    [
      "a date that is none",
      [{ ...loss, dtype: "datetime", values: BigInt64Array.of(0n, 10n ** 17n) }],
      "row 1 is 100000000000000000, and no date",
    ],
    ["JSON that is none", [{ ...loss, dtype: "json", values: ["{}", "{"] }], 'row 1 is "{", and no JSON'],
  ];
  test.each(bad)("are refused with %s", (_, columns, message) => {
    const make = () => HistoryTable.fromColumns(["a", "b"], columns as ColumnData[]);
    expect(make).toThrow(InvalidArgumentError);
    expect(make).toThrow(message);
  });
});

describe("a long run in pieces", () => {
  const rows = Array.from({ length: 20 }, (_, step) => ({
    _step: step,
    size: step === 9 ? 2n ** 70n + 1n : step / 2,
    note: `note ${step}`,
  }));
  const field = "history";
  const scanned = () => {
    const { histories } = splitAnswer(Buffer.from(answerOf(field, [onTheWire(field, rows)])), field);
    const chunk = histories[0]?.[0];
    if (chunk === undefined) throw new Error("The answer has no history.");
    return makeTable([{ run: ref("r1"), chunk }]);
  };

  test("has whole numbers beyond 64 bits where they are", () => {
    const pieces = [...scanned().batches(8)];
    expect(pieces.flatMap((piece) => piece.toRows())).toEqual(rows.map((row) => ({ run_id: "r1", ...row })));
    expect(pieces.map((piece) => piece.column("size").isExact)).toEqual([true, false, true]);
  });

  test("has texts as UTF-8 that begins in each piece anew", () => {
    for (const piece of scanned().batches(8)) {
      const { offsets, data } = piece.column("note").toUtf8();
      const texts = Array.from({ length: piece.numRows }, (_, row) =>
        Buffer.from(data.subarray(offsets[row], offsets[row + 1])).toString(),
      );
      expect(offsets[0]).toBe(0);
      expect(data.length).toBe(offsets[piece.numRows]);
      expect(texts).toEqual(piece.column("note").values);
    }
  });
});

test("a column of doubles says when they aren't what was logged", () => {
  const exact = (...rows: JsonObject[]) => {
    const runs = Object.fromEntries(rows.map((row, index) => [`r${index}`, [row]]));
    return tableOf(runs).column("n").isExact;
  };
  expect(exact({ n: 0.5 }, { n: 3 })).toBe(true);
  expect(exact({ n: 2n ** 60n })).toBe(true); // a column of whole numbers
  expect(exact({ n: 0.5 }, { n: 2n ** 60n })).toBe(true); // a double holds it
  expect(exact({ n: 0.5 }, { n: 2n ** 60n + 1n })).toBe(false);
});

test("joined tables keep the columns and types that they have without rows", () => {
  const empty = HistoryTable.fromColumns(
    [],
    [{ name: "n", dtype: "int64", values: new BigInt64Array(), validity: null }],
  );
  const joined = HistoryTable.concat([empty, makeTable([], { metrics: ["m"], fields: ["name"] })]);
  expect(joined.columnNames).toEqual(["run_id", "name", "m", "n"]);
  expect(joined.column("n").dtype).toBe("int64");
  expect(HistoryTable.concat([empty, tableOf({ r1: [{ n: 0.5 }] })]).column("n").dtype).toBe("float64");
});

test("what stands where columns from elsewhere have no value doesn't matter", () => {
  const validity = Uint8Array.of(0b01);
  const table = HistoryTable.fromColumns(
    ["a", "a"],
    [
      { name: "i", dtype: "int64", values: BigInt64Array.of(5n, 99n), validity },
      { name: "f", dtype: "float64", values: Float64Array.of(1, 99), validity },
      { name: "b", dtype: "bool", values: Uint8Array.of(255, 1), validity },
      { name: "t", dtype: "utf8", values: ["x", 5 as never], validity },
      { name: "d", dtype: "datetime", values: BigInt64Array.of(0n, -(2n ** 63n)), validity },
    ],
  );
  expect(table.toRows()).toEqual([
    { run_id: "a", i: 5, f: 1, b: true, t: "x", d: "1970-01-01T00:00:00.000Z" },
    { run_id: "a" },
  ]);
  expect(table.column("i").values).toEqual(BigInt64Array.of(5n, 0n));
  expect(table.column("f").values).toEqual(Float64Array.of(1, Number.NaN));
  expect(table.column("b").values).toEqual(Uint8Array.of(1, 0));
  expect(table.column("t").values).toEqual(["x", ""]);
  expect(table.column("d").values).toEqual(BigInt64Array.of(0n, 0n));
});
