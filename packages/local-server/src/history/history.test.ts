import { type Json, parse, stringify } from "@lazyruns/json";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HistoryKeys, parseSpec, sampledHistory, sortedRow } from "./index.ts";
import { rowMembers } from "./row-members.ts";
import { sampleIndexes } from "./sample.ts";

const key = fc.oneof(
  fc.constantFrom("loss", "acc", "a", "a.b", "a/b", "nested", "_step", "__proto__", 'q"\\', "é😀\n"),
  fc.string({ maxLength: 5 }),
);
const leaf: fc.Arbitrary<Json> = fc.oneof(
  fc.double(),
  fc.integer(),
  fc.bigInt(2n ** 53n, 2n ** 70n),
  fc.constantFrom(null, true, false, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
  fc.string({ unit: "binary" }),
  fc.constantFrom("NaN", "Infinity", 'a "NaN" \\', "{[,:]}"),
);
const value: fc.Arbitrary<Json> = fc.letrec<{ tree: Json }>((tie) => ({
  tree: fc.oneof(
    { depthSize: "small" },
    leaf,
    fc.array(tie("tree"), { maxLength: 3 }),
    fc.dictionary(key, tie("tree"), { maxKeys: 3 }),
  ),
})).tree;
const row = fc.dictionary(key, value, { maxKeys: 6 });

/** What a value becomes in strict JSON. */
function strict(item: Json): Json {
  if (typeof item === "number") return Number.isFinite(item) ? item : String(item);
  if (Array.isArray(item)) return item.map(strict);
  if (typeof item !== "object" || item === null) return item;
  return Object.fromEntries(Object.entries(item).map(([name, member]) => [name, strict(member)]));
}

describe("rowMembers", () => {
  it("gives every value as the text that stands there, however the line is spaced", () => {
    fc.assert(
      fc.property(row, fc.constantFrom("", " ", "\n\t "), (object, space) => {
        const pairs = Object.entries(object).map(([name, item]) => [name, stringify(item)] as const);
        const text = `${space}{${pairs.map(([name, raw]) => `${space}${JSON.stringify(name)}${space}:${space}${raw}${space}`).join(",")}}`;
        expect([...rowMembers(text)]).toEqual(pairs);
      }),
    );
  });

  it("keeps digits to the letter and a repeated key's last value", () => {
    expect([...rowMembers('{"a": 1.0, "b": 1e+05, "a": 9007199254740993}')]).toEqual([
      ["a", "9007199254740993"],
      ["b", "1e+05"],
    ]);
  });

  it.each(["", "[]", "{", '{"a":1', '{"a" 1}', '{"a":}', '{"a":[1}', "{a:1}"])("refuses %j", (text) => {
    expect(() => rowMembers(text)).toThrow(SyntaxError);
  });
});

describe("sampleIndexes", () => {
  it("takes all that fits, else evenly spread rows with the first and the last", () => {
    fc.assert(
      fc.property(fc.nat(5000), fc.integer({ min: 2, max: 1000 }), (count, samples) => {
        const indexes = sampleIndexes(count, samples);
        expect(indexes).toHaveLength(Math.min(count, samples));
        if (count === 0) return;
        expect(indexes[0]).toBe(0);
        expect(indexes.at(-1)).toBe(count - 1);
        const gaps = indexes.slice(1).map((index, i) => index - (indexes[i] ?? 0));
        expect(Math.min(...gaps, 1)).toBe(1); // strictly rising
        if (count > samples) expect(Math.max(...gaps) - Math.min(...gaps)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it("gives the last row when one is asked for", () => {
    expect(sampleIndexes(10, 1)).toEqual([9]);
  });
});

describe("sortedRow", () => {
  it("gives keys in order and values to the letter", () => {
    expect(sortedRow('{"loss":1.0,"_step":0,"acc":NaN}')).toBe('{"_step":0,"acc":NaN,"loss":1.0}');
    fc.assert(
      fc.property(row, (object) => {
        expect(parse(sortedRow(stringify(object)))).toEqual(parse(stringify(object)));
      }),
    );
  });

  it("gives the keys of nested values in order too, however they were logged", () => {
    const line = '{"h":{"values":[1],"_type":"histogram","bins":[{"b":NaN,"a":"{}"},[]]},"a":{}}';
    const sorted = '{"a":{},"h":{"_type":"histogram","bins":[{"a":"{}","b":NaN},[]],"values":[1]}}';
    expect([line, ` ${line}`].map(sortedRow)).toEqual([sorted, sorted]);
  });
});

describe("sampledHistory", () => {
  it("gives the keys of nested values in order", () => {
    const line = '{"n":{"weight":1.50,"gradient":{"z":NaN,"a":1}}}';
    expect(sampledHistory([line], parseSpec('{"keys":["n"]}'))).toBe(
      '[{"n":{"gradient":{"a":1,"z":"NaN"},"weight":1.50}}]',
    );
  });

  it("takes no longer for a key of many dots", () => {
    const key = "a.".repeat(10_000);
    const lines = Array<string>(1000).fill('{"a":{"a":1}}');
    const started = performance.now();
    expect(sampledHistory(lines, parseSpec(JSON.stringify({ keys: [key] })))).toBe("[]");
    expect(performance.now() - started).toBeLessThan(2000);
    const held = JSON.stringify({ [key]: 1 });
    expect(sampledHistory([held], parseSpec(JSON.stringify({ keys: [key] })))).toBe(`[${held}]`);
  });

  const ask = (lines: readonly string[], spec: object) =>
    parse(sampledHistory(lines, parseSpec(JSON.stringify(spec)))) as Json[];

  it("gives the rows that hold all keys, only these, as strict JSON", () => {
    fc.assert(
      fc.property(
        fc.array(row, { maxLength: 8 }),
        fc.uniqueArray(key, { minLength: 1, maxLength: 3 }),
        (rows, keys) => {
          // dotted keys have tests of their own
          fc.pre(keys.every((name) => !name.includes(".")));
          const text = sampledHistory(
            rows.map((item) => stringify(item)),
            parseSpec(JSON.stringify({ keys })),
          );
          expect(() => JSON.parse(text)).not.toThrow();
          const expected = rows
            .filter((item) => keys.every((name) => Object.hasOwn(item, name)))
            .map((item) =>
              Object.fromEntries(keys.map((name) => [name, strict(parse(stringify(item[name])))])),
            );
          expect(parse(text)).toEqual(expected);
        },
      ),
    );
  });

  it("reaches into nested values, where a key that holds the dots itself wins", () => {
    const lines = [
      '{"a":{"b":{"c":1}}}',
      '{"a":{"b.c":2}}',
      '{"a.b":{"c":3},"a":{"b":{"c":0}}}',
      '{"a.b.c":4,"a":{"b":{"c":0}}}',
    ];
    expect(ask(lines, { keys: ["a.b.c"] })).toEqual([1, 2, 3, 4].map((n) => ({ "a.b.c": n })));
  });

  it("counts a null as held, and keeps the spec's order of keys without its repeats", () => {
    const lines = ['{"loss":null,"_step":0}', '{"_step":1}'];
    expect(sampledHistory(lines, parseSpec('{"keys":["_step","loss","_step"]}'))).toBe(
      '[{"_step":0,"loss":null}]',
    );
  });

  it("samples after choosing rows", () => {
    const lines = Array.from({ length: 100 }, (_, step) => `{"_step":${step}${step % 2 ? ',"loss":1' : ""}}`);
    const steps = (spec: object) =>
      ask(lines, { keys: ["_step", "loss"], ...spec }).map((item) => (item as { _step: number })._step);
    expect(steps({ samples: 3 })).toEqual([1, 51, 99]);
  });

  it.each([
    ["[]", "JSON object"],
    ["{", "JSON object"],
    ["{}", "keys"],
    ['{"keys":[]}', "keys"],
    ['{"keys":[1]}', "keys"],
    ['{"keys":["a"],"samples":0}', "samples"],
    ['{"keys":["a"],"samples":1.5}', "samples"],
    ['{"keys":["a"],"minStep":"3"}', "minStep"],
  ])("refuses %s and names %s", (spec, named) => {
    expect(() => parseSpec(spec)).toThrow(named);
  });
});

describe("HistoryKeys", () => {
  const of = (lines: readonly string[], keys = new HistoryKeys()) => {
    for (const line of lines) keys.add(line);
    return keys;
  };

  it("counts the types of each metric, nested ones by their path", () => {
    const lines = [
      '{"_step":0,"loss":2.5,"n":{"a":{"b":1}},"t":"x"}',
      '{"_step":5,"loss":NaN,"n":{"a":{"b":2}},"t":null,"h":{"_type":"histogram","bins":[1]}}',
    ];
    const number = (count: number) => [{ type: "number", count }];
    expect(of(lines).answer()).toEqual({
      lastStep: 5,
      sets: [],
      keys: {
        _step: { typeCounts: number(2), monotonic: true, previousValue: 5 },
        loss: { typeCounts: number(2), monotonic: false, previousValue: "NaN" },
        "n.a.b": { typeCounts: number(2), monotonic: true, previousValue: 2 },
        t: {
          typeCounts: [
            { type: "string", count: 1 },
            { type: "nil", count: 1 },
          ],
          monotonic: false,
          previousValue: undefined,
        },
        h: { typeCounts: [{ type: "histogram", count: 1 }], monotonic: false, previousValue: undefined },
      },
    });
  });

  it("goes on from what was saved as if it had seen all lines", () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 8 }), fc.nat(8), (rows, cut) => {
        const lines = rows.map((item) => stringify(item));
        const saved = HistoryKeys.load(of(lines.slice(0, cut)).save());
        expect(of(lines.slice(cut), saved).answer()).toEqual(of(lines).answer());
      }),
    );
  });
});
