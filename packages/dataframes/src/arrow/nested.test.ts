import { HistoryTable } from "@lazyruns/core";
import { parse, stringify } from "@lazyruns/json";
import { tableFromIPC } from "@uwdata/flechette";
import * as apache from "apache-arrow";
import fc from "fast-check";
import pl from "nodejs-polars";
import { describe, expect, test } from "vitest";
import { planFrame } from "../columns/plan.ts";
import type { ColumnType } from "../columns/types.ts";
import { fromArrow } from "./from-arrow.ts";
import { ipcStream } from "./ipc-stream.ts";

/** A table with a column `v` of these JSON texts, each row a run of its own; `null`: no value. */
function tableOf(texts: readonly (string | null)[]): HistoryTable {
  const validity = new Uint8Array((texts.length + 7) >>> 3);
  for (const [row, text] of texts.entries())
    if (text !== null) validity[row >>> 3] = (validity[row >>> 3] ?? 0) | (1 << (row & 7));
  return HistoryTable.fromColumns(
    texts.map((_, row) => `r${row}`),
    [{ name: "v", dtype: "json", values: texts.map((text) => text ?? ""), validity }],
  );
}

function write(texts: readonly (string | null)[], rowsPerPiece = 1000) {
  const warnings: string[] = [];
  const options = {
    nested: "struct",
    onWarning: ({ message }: { message: string }) => warnings.push(message),
  } as const;
  const plan = planFrame(tableOf(texts), options, { name: "Arrow" });
  const type = plan.columns[1]?.type as ColumnType;
  return { type, warnings, bytes: ipcStream(plan, ...plan.pieces(rowsPerPiece)) };
}

const typeOf = (...texts: string[]) => describeType(write(texts).type);

/** Such as `{a: int64, b: [utf8]}`. */
function describeType(type: ColumnType): string {
  if (type.kind === "list") return `[${describeType(type.item)}]`;
  if (type.kind !== "struct") return type.kind;
  return `{${type.fields.map(({ name, type }) => `${name}: ${describeType(type)}`).join(", ")}}`;
}

describe("the type of nested values", () => {
  test.each([
    [
      "numbers and text",
      ['{"a": 1, "b": "x", "c": true, "d": 0.5}'],
      "{a: int64, b: utf8, c: bool, d: float64}",
    ],
    ["fields of all rows", ['{"b": 1}', '{"a": 2}', '{"c": null}'], "{a: int64, b: int64, c: null}"],
    ["whole numbers and doubles", ['{"a": 1}', '{"a": 0.5}'], "{a: float64}"],
    ["Python's tokens", ['{"a": NaN}', '{"a": -Infinity}', '{"a": 1}'], "{a: float64}"],
    ["negative zero", ['{"a": -0}'], "{a: float64}"],
    ["64 bits", ['{"a": 9223372036854775807}', '{"a": 1}'], "{a: int64}"],
    ["more than 64 bits", ['{"a": 9223372036854775808}', '{"a": 1}'], "{a: json}"],
    ["long whole numbers and doubles", ['{"a": 9007199254740993}', '{"a": 0.5}'], "{a: json}"],
    ["a number and text", ['{"a": 1, "b": 1}', '{"a": "x"}'], "{a: json, b: int64}"],
    ["an object and a list", ['{"a": {"b": 1}}', '{"a": [1]}'], "{a: json}"],
    ["objects in objects", ['{"a": {"b": 1}}', '{"a": {"c": {"d": "x"}}}'], "{a: {b: int64, c: {d: utf8}}}"],
    ["lists", ["[1, 2]", "[]", "[null, 0.5]"], "[float64]"],
    ["lists of objects", ['[{"a": 1}]', '[{"b": [true]}]'], "[{a: int64, b: [bool]}]"],
    ["empty lists", ["[]", "[]"], "[null]"],
    ["empty objects", ["{}", "{}"], "json"],
    ["empty objects within", ['{"a": {}, "b": 1}'], "{a: json, b: int64}"],
    ["an empty object among others", ["{}", '{"a": 1}'], "{a: int64}"],
    ["objects and lists", ['{"a": 1}', "[1]"], "json"],
    ["objects and a number", ['{"a": 1}', "1"], "json"],
    [
      "odd names",
      ['{"__proto__": 1, "": 2, "toString": "x"}'],
      "{: int64, __proto__: int64, toString: utf8}",
    ],
    [
      "a histogram",
      ['{"_type": "histogram", "bins": [0.0, 0.5], "values": [3]}'],
      "{_type: utf8, bins: [float64], values: [int64]}",
    ],
  ])("%s", (_, texts, type) => {
    expect(typeOf(...texts)).toBe(type);
  });

  test("keeps JSON text where values are nested deeper than 16 levels", () => {
    const nested = (levels: number) => `${"[".repeat(levels)}${"]".repeat(levels)}`;
    expect(typeOf(nested(16))).toBe(`${"[".repeat(16)}null${"]".repeat(16)}`);
    expect(typeOf(nested(17))).toBe(`${"[".repeat(16)}json${"]".repeat(16)}`);
    expect(typeOf(nested(900))).toBe(`${"[".repeat(16)}json${"]".repeat(16)}`);
  });

  test("is JSON text for what is a map by ids, and says so", () => {
    const texts = Array.from({ length: 50 }, (_, row) =>
      JSON.stringify(Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`${row}/${index}`, 1]))),
    );
    const { type, warnings } = write(texts);
    expect(type).toEqual({ kind: "json" });
    expect(warnings).toEqual(['Column "v" stays JSON text: its values have more than 1000 fields in all.']);
  });

  test("has no two fields of one name, though UTF-8 can't tell them apart", () => {
    expect(typeOf('{"\\ud800": 1, "\\ud801": 2, "\ufffd": 3}')).toBe(
      "{\ufffd_: int64, \ufffd__: int64, \ufffd: int64}",
    );
  });
});

const leaf = fc.oneof(
  fc.integer(),
  fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }),
  fc.double(),
  fc.string({ unit: "grapheme" }),
  fc.boolean(),
  fc.constant(null),
);
const key = fc.constantFrom("a", "b", "c", "__proto__", "toString", "", "é");
const { value } = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 3, depthSize: "small" }, leaf, tie("object"), tie("list")),
  list: fc.array(tie("value"), { maxLength: 3 }),
  object: fc.dictionary(key, tie("value"), { maxKeys: 4, noNullPrototype: true }),
}));
const anyTexts = fc
  .oneof(fc.constant("object" as const), fc.constant("list" as const), fc.constant("any" as const))
  .chain((kind) => {
    if (kind === "object") return fc.array(fc.option(fc.dictionary(key, value, { noNullPrototype: true })));
    return fc.array(fc.option(kind === "list" ? fc.array(value) : value));
  })
  .map((values) => values.map((value) => (value === null ? null : stringify(value))));

describe("nested values of any kind", () => {
  test("are read by flechette as they were", () => {
    fc.assert(
      fc.property(anyTexts, fc.constantFrom(1, 5, 1000), (texts, rowsPerPiece) => {
        const { type, bytes } = write(texts, rowsPerPiece);
        const read = tableFromIPC(bytes, { useBigInt: true, useProxy: true }).getChild("v");
        for (const [row, text] of texts.entries()) {
          expectSame(read.at(row), text === null ? null : parse(text), type);
        }
      }),
    );
  });

  test("are read by apache-arrow as they were", () => {
    fc.assert(
      fc.property(anyTexts, fc.constantFrom(1, 5, 1000), (texts, rowsPerPiece) => {
        const { type, bytes } = write(texts, rowsPerPiece);
        const read = apache.tableFromIPC(bytes).getChild("v") as apache.Vector;
        for (const [row, text] of texts.entries()) {
          expectSame(plain(read, row, type), text === null ? null : parse(text), type);
        }
      }),
    );
  });

  test("come back from Arrow, with null for the fields that a row hadn't", async () => {
    await fc.assert(
      fc.asyncProperty(anyTexts, async (texts) => {
        const { type, bytes } = write(texts);
        const back = await fromArrow(bytes);
        for (const [row, text] of texts.entries()) {
          expectSame(back.column("v").get(row), text === null ? null : parse(text), type, true);
        }
      }),
    );
  });
});

test("polars reads structs, lists, nulls and empty lists", () => {
  const { bytes } = write(['{"a": 1, "b": [{"c": "x"}, null]}', null, '{"b": []}', '{"a": null, "b": null}']);
  const frame = pl.readIPCStream(Buffer.from(bytes));
  expect(`${frame.getColumn("v").dtype}`).toContain("Struct");
  expect(JSON.parse(frame.select("v").writeJSON({ format: "json" }).toString())).toEqual([
    { v: { a: 1, b: [{ c: "x" }, null] } },
    { v: null },
    { v: { a: null, b: [] } },
    { v: { a: null, b: null } },
  ]);
});

test("rows of no value at all and no rows at all are fine", () => {
  expect(apache.tableFromIPC(write([]).bytes).numRows).toBe(0);
  const { bytes } = write([null, null]);
  expect([...(apache.tableFromIPC(bytes).getChild("v") ?? [])]).toEqual([null, null]);
});

/** A value of apache-arrow's, by its vectors: its objects have trouble with fields such as `toString`. */
function plain(vector: apache.Vector, row: number, type: ColumnType): unknown {
  if (!vector.isValid(row)) return null;
  if (type.kind === "list") {
    const items = vector.get(row) as apache.Vector;
    return Array.from({ length: items.length }, (_, index) => plain(items, index, type.item));
  }
  if (type.kind !== "struct") return vector.get(row);
  return Object.fromEntries(
    type.fields.map(({ name, type }, index) => [
      name,
      plain(vector.getChildAt(index) as apache.Vector, row, type),
    ]),
  );
}

/**
 * Compares what a reader made of a value with the value. By `parsed` JSON text at places without a common type has been
 * read already.
 */
function expectSame(read: unknown, value: unknown, type: ColumnType, parsed = false): void {
  if (value === null || value === undefined) expect(read).toBe(null);
  else if (type.kind === "json") expect(parsed ? read : parse(read as string)).toStrictEqual(value);
  else if (type.kind === "int64")
    expect(BigInt(read as number | bigint)).toBe(BigInt(value as number | bigint));
  else if (type.kind === "list") {
    const items = [...(read as Iterable<unknown>)];
    expect(items).toHaveLength((value as unknown[]).length);
    for (const [index, item] of (value as unknown[]).entries())
      expectSame(items[index], item, type.item, parsed);
  } else if (type.kind === "struct") {
    for (const { name, key, type: field } of type.fields) {
      const member = Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : null;
      expectSame((read as Record<string, unknown>)[name], member, field, parsed);
    }
  } else expect(read).toBe(value);
}
