import { type Json, type JsonObject, parse, stringify } from "@lazyruns/json";
import { tableFromIPC } from "@uwdata/flechette";
import fc from "fast-check";
import { ParquetFile, readParquet } from "parquet-wasm";
import { describe, expect, onTestFinished, test } from "vitest";
import type { RunRow } from "../store/runs.ts";
import { openStore, type Store } from "../store/store.ts";
import { temporaryFolder } from "../testing.ts";
import { exportHistory } from "./export-history.ts";

function testStore(): Store {
  const store = openStore(temporaryFolder());
  onTestFinished(() => store.close());
  return store;
}

let runs = 0;
function newRun(store: Store, lines: readonly string[]): RunRow {
  const run = store.runs.insert(store.projects.ensure("local", "demo").id, `r${runs++}`, "local", {});
  store.transaction(() => store.lines.write(run.id, "history", 0, lines));
  return run;
}

async function exported(store: Store, lines: readonly string[]): Promise<Uint8Array> {
  const range = { from: 0, end: lines.length };
  const chunks: Uint8Array[] = [];
  for await (const chunk of exportHistory(store.lines, newRun(store, lines).id, range, () => undefined))
    chunks.push(chunk);
  return Buffer.concat(chunks);
}

const tableOf = (bytes: Uint8Array) => tableFromIPC(readParquet(bytes).intoIPCStream(), { useBigInt: true });

async function roundTrip(...lines: string[]) {
  const table = tableOf(await exported(testStore(), lines));
  const types = table.schema.fields.map(({ name, type, metadata }) => [
    name,
    typeName(type),
    ...(metadata?.values() ?? []),
  ]);
  return {
    rows: table.toArray(),
    types: new Map(types.map(([name, ...type]) => [name as string, type.join(" ")])),
  };
}

// biome-ignore lint/suspicious/noExplicitAny: every kind of type has members of its own
function typeName(type: any): string {
  const names: Record<number, string> = { 1: "null", 2: "int64", 3: "float64", 5: "text", 6: "bool" };
  const children = (type.children ?? []) as { name: string; type: unknown }[];
  if (type.typeId === 12) return `list<${typeName(children[0]?.type)}>`;
  if (type.typeId === 13)
    return `{${children.map((child) => `${child.name}:${typeName(child.type)}`).join()}}`;
  return names[type.typeId] ?? `type ${type.typeId}`;
}

describe("columns", () => {
  test("are whole numbers, numbers, truth values, text", async () => {
    const { rows, types } = await roundTrip(
      '{"_step":0,"i":9007199254740993,"f":1.0,"m":1,"b":true,"t":"é\\u0000\\"","u":-9223372036854775808}',
      '{"_step":1,"i":null,"f":-Infinity,"m":0.5,"b":null,"t":null,"w":9223372036854775808}',
    );
    expect(Object.fromEntries(types)).toEqual({
      _step: "int64",
      b: "bool",
      f: "float64",
      i: "int64",
      m: "float64",
      t: "text",
      u: "int64",
      w: "float64",
    });
    expect(rows).toEqual([
      { _step: 0n, b: true, f: 1, i: 2n ** 53n + 1n, m: 1, t: 'é\0"', u: -(2n ** 63n), w: null },
      { _step: 1n, b: null, f: Number.NEGATIVE_INFINITY, i: null, m: 0.5, t: null, u: null, w: 2 ** 63 },
    ]);
  });

  test("are structs of all fields, and lists", async () => {
    const { rows, types } = await roundTrip(
      '{"_step":0,"o":{"b":{"x":1},"a":"s"},"h":{"_type":"histogram","values":[1,2],"bins":[0,0.5]},"l":[[1],[]]}',
      '{"_step":1,"o":{"c":NaN},"l":[],"e":[],"p":[{"q":1},null,{"r":true}]}',
    );
    expect(Object.fromEntries(types)).toEqual({
      _step: "int64",
      e: "list<int64>",
      h: "{_type:text,bins:list<float64>,values:list<int64>}",
      l: "list<list<int64>>",
      o: "{a:text,b:{x:int64},c:float64}",
      p: "list<{q:int64,r:bool}>",
    });
    expect(plain(rows)).toEqual([
      {
        _step: 0n,
        e: null,
        h: { _type: "histogram", bins: [0, 0.5], values: [1n, 2n] },
        l: [[1n], []],
        o: { a: "s", b: { x: 1n }, c: null },
        p: null,
      },
      {
        _step: 1n,
        e: [],
        h: null,
        l: [],
        o: { a: null, b: null, c: Number.NaN },
        p: [{ q: 1n, r: null }, null, { q: null, r: true }],
      },
    ]);
  });

  test("of values that no one type holds are JSON text, and say so", async () => {
    const { rows, types } = await roundTrip(
      '{"_step":0,"m":1,"o":{},"x":{"y":"1"},"n":null}',
      '{"_step":1,"m":"a","x":{"y":NaN},"n":null}',
      '{"_step":2,"m":{"b":[NaN],"a":1}}',
    );
    expect(Object.fromEntries(types)).toEqual({
      _step: "int64",
      m: "text arrow.json",
      n: "null",
      o: "text arrow.json",
      x: "{y:text}",
    });
    expect(plain(rows)).toMatchObject([
      { m: "1", o: "{}", x: { y: '"1"' }, n: null },
      { m: '"a"', o: null, x: { y: '"NaN"' } },
      { m: '{"a":1,"b":["NaN"]}', x: null },
    ]);
  });

  test("of objects whose keys are data are JSON text", async () => {
    const ids = (from: number) =>
      JSON.stringify({ ids: Object.fromEntries(Array.from({ length: 600 }, (_, i) => [from + i, i])) });
    expect((await roundTrip(ids(0), ids(600))).types.get("ids")).toBe("text arrow.json");
    const deep = `{"d":${'{"d":'.repeat(40)}1${"}".repeat(40)}}`;
    expect((await roundTrip(deep)).types.get("d")).toMatch(/^(\{d:){16}text/);
  });

  test("always have numbers as steps, where there are any", async () => {
    const { rows, types } = await roundTrip('{"_step":"x","a":1}', '{"a":2}', '{"_step":null,"a":3}');
    expect([types.get("_step"), rows.map(({ a }) => a)]).toEqual(["int64", [1n, 2n, 3n]]);
    const fractions = await roundTrip('{"_step":1.5}', '{"_step":1}');
    expect(fractions.rows).toEqual([{ _step: 1 }, { _step: 1.5 }]);
  });
});

const text = fc.string({ unit: "grapheme", maxLength: 6 });
const key = fc.oneof(fc.constantFrom("loss", "a", "a.b", "n", "_type"), text);
const leaf: fc.Arbitrary<Json> = fc.oneof(
  fc.double(),
  fc.integer(),
  fc.bigInt(2n ** 53n, 2n ** 63n - 1n),
  fc.constantFrom(null, true, false, Number.NaN, Number.POSITIVE_INFINITY, "NaN", "null", "{}"),
  text,
);
const value: fc.Arbitrary<Json> = fc.letrec<{ tree: Json }>((tie) => ({
  tree: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    leaf,
    fc.array(tie("tree"), { maxLength: 3 }),
    fc.dictionary(key, tie("tree"), { maxKeys: 3, noNullPrototype: true }),
  ),
})).tree;
const row = fc.dictionary(key, value, { maxKeys: 5, noNullPrototype: true });

test("every row has its values, whatever they are", { timeout: 60_000 }, async () => {
  const store = testStore();
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 6 }), async (rows) => {
      const lines = rows.map((item, step) => stringify({ ...item, _step: step }));
      const found = tableOf(await exported(store, lines)).toArray() as JsonObject[];
      expect(found).toHaveLength(lines.length);
      for (const [index, line] of lines.entries()) {
        const logged = parse(line) as JsonObject;
        const cells = plain(found[index]) as JsonObject;
        for (const name of new Set([...Object.keys(logged), ...Object.keys(cells)]))
          expect(isSame(cells[name] ?? null, logged[name] ?? null), `${name}: ${line}`).toBe(true);
      }
    }),
    { numRuns: 100 },
  );
});

/** Whether a cell holds what was logged: as it is, or as JSON text; null is absent, and numbers may be doubles. */
function isSame(cell: Json, logged: Json): boolean {
  if (cell === null || logged === null) return cell === logged;
  if (typeof cell === "string" && cell === logged) return true;
  if (typeof cell === "string")
    return typeof logged !== "string" || cell.startsWith('"') ? isJsonOf(cell, logged) : false;
  if (Array.isArray(cell)) {
    return (
      Array.isArray(logged) &&
      cell.length === logged.length &&
      cell.every((item, i) => isSame(item, logged[i] ?? null))
    );
  }
  if (typeof cell === "object") {
    if (typeof logged !== "object" || Array.isArray(logged)) return false;
    const names = new Set([...Object.keys(cell), ...Object.keys(logged)]);
    return [...names].every((name) => isSame(cell[name] ?? null, logged[name] ?? null));
  }
  if (typeof cell === "boolean") return cell === logged;
  return (
    typeof logged !== "boolean" &&
    (cell === logged || Object.is(Number(cell), Number(logged)) || (Number(cell) === 0 && logged === 0))
  );
}

function isJsonOf(cell: string, logged: Json): boolean {
  const strict = JSON.parse(stringify(logged, { nonFinite: "string" })) as Json;
  return stringify(sorted(JSON.parse(cell) as Json)) === stringify(sorted(strict));
}

function sorted(item: Json): Json {
  if (Array.isArray(item)) return item.map(sorted);
  if (typeof item !== "object" || item === null) return item;
  return Object.fromEntries(
    Object.keys(item)
      .sort()
      .map((name) => [name, sorted(item[name] as Json)]),
  );
}

/** Rows and structs of the reader as plain values. */
function plain(item: unknown): unknown {
  if (ArrayBuffer.isView(item)) return [...(item as unknown as Iterable<unknown>)].map(plain);
  if (Array.isArray(item)) return item.map(plain);
  if (typeof item !== "object" || item === null) return item;
  if (Symbol.iterator in item) return [...(item as Iterable<unknown>)].map(plain);
  return Object.fromEntries(Object.entries(item).map(([name, member]) => [name, plain(member)]));
}

test("a long history has several row groups, in order of its steps", { timeout: 60_000 }, async () => {
  const count = 70_000;
  const lines = Array.from({ length: count }, (_, index) => `{"_step":${count - index},"x":${index}}`);
  const bytes = await exported(testStore(), lines);
  const file = await ParquetFile.fromFile(new Blob([bytes as Uint8Array<ArrayBuffer>]));
  const groups = file.metadata().rowGroups();
  expect(groups.map((group) => group.numRows())).toEqual([65_536, count - 65_536]);
  const steps = tableOf(bytes).getChild("_step").toArray() as BigInt64Array;
  expect(steps.every((step, index) => step === BigInt(index + 1))).toBe(true);
});

test("wide rows and long lines are taken in small pages", { timeout: 60_000 }, async () => {
  const wide = Array.from(
    { length: 100 },
    (_, step) => `{"_step":${step},${Array.from({ length: 2000 }, (_, key) => `"k${key}":${key}`).join()}}`,
  );
  const table = tableOf(await exported(testStore(), wide));
  expect([table.numRows, table.numCols]).toEqual([100, 2001]);
  const long = Array.from({ length: 40 }, (_, step) => `{"_step":${step},"t":"${"x".repeat(500_000)}"}`);
  expect(tableOf(await exported(testStore(), long)).numRows).toBe(40);
});
