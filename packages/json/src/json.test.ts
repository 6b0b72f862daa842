import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { elements, members, parse, RawJson, stringify } from "./index.ts";

describe("parse", () => {
  test("reads Python's tokens and keeps integers exact", () => {
    expect(
      parse('{"a": NaN, "b": [Infinity, -Infinity], "c": 9007199254740993, "d": -12345678901234567890}'),
    ).toEqual({
      a: Number.NaN,
      b: [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
      c: 9007199254740993n,
      d: -12345678901234567890n,
    });
  });

  test("keeps what is a double a number", () => {
    expect(parse("[0.1234567890123456, 1e300, 9007199254740991, 1234567890123456.0, -0]")).toEqual([
      0.1234567890123456, 1e300, 9007199254740991, 1234567890123456, -0,
    ]);
  });

  test("agrees with JSON.parse on strict JSON, whichever way it takes", () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(normal(parse(text))).toEqual(normal(JSON.parse(text)));
        const [, slow] = parse(`[NaN,${text}]`) as [number, unknown];
        expect(normal(slow)).toEqual(normal(JSON.parse(text)));
      }),
    );
  });

  test("keeps a key called __proto__ an own key", () => {
    const value = parse('{"__proto__": {"x": NaN}}') as object;
    expect(Object.keys(value)).toEqual(["__proto__"]);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  });

  test.each(["", "{", '{"a":}', "[1,]", "nul", "NaNN", '"\n"', "[1 2]", "01", '"abc', "--1", "[1]x", "-"])(
    "refuses %j",
    (text) => {
      expect(() => parse(text)).toThrow(SyntaxError);
    },
  );

  test("refuses depth that would overflow the stack", () => {
    expect(() => parse(`NaN${"[".repeat(200_000)}`)).toThrow(SyntaxError);
    expect(() => parse(`${"[".repeat(200_000)}NaN${"]".repeat(200_000)}`)).toThrow(/nested deeper/);
  });
});

describe("stringify", () => {
  test("is read back by parse as the same value", () => {
    const leaf = fc.oneof(
      fc.double(),
      fc.bigInt({ min: 2n ** 53n + 1n }),
      fc.bigInt({ max: -(2n ** 53n) - 1n }),
      fc.string(),
      fc.boolean(),
      fc.constant(null),
    );
    const value = fc.letrec((tie) => ({
      node: fc.oneof({ maxDepth: 3 }, leaf, fc.array(tie("node")), fc.dictionary(fc.string(), tie("node"))),
    })).node;
    fc.assert(
      fc.property(value, (value) => {
        // toEqual on purpose: dictionary() makes objects without a prototype, and an integral double may come
        // back as the bigint of the same digits.
        expect(normal(parse(stringify(value)))).toEqual(normal(value));
      }),
    );
  });

  test("writes non-finite numbers as strings on request", () => {
    expect(stringify([Number.NaN, Number.NEGATIVE_INFINITY], { nonFinite: "string" })).toBe(
      '["NaN","-Infinity"]',
    );
  });

  test("writes raw text as it stands", () => {
    expect(stringify({ rows: [new RawJson("1.0"), 1] })).toBe('{"rows":[1.0,1]}');
  });

  test("refuses a cycle", () => {
    const loop: unknown[] = [];
    loop.push(loop);
    expect(() => stringify(loop)).toThrow(/contains itself/);
  });
});

test("members and elements give the text as it stands", () => {
  expect(members(' {"b": 1.0, "a" : [NaN, {"x":1e5}], "b":"q\\"" } ')).toEqual([
    ["b", "1.0"],
    ["a", '[NaN, {"x":1e5}]'],
    ["b", '"q\\""'],
  ]);
  expect(elements("[1.0, NaN, [2]]")).toEqual(["1.0", "NaN", "[2]"]);
  expect(() => members("[1]")).toThrow(SyntaxError);
});

/** A double beyond 2^53 and the bigint of its digits are the same number here. */
function normal(value: unknown): unknown {
  if (typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value)) {
    return Math.abs(value) < 1e21 ? BigInt(value.toString()) : value;
  }
  if (Array.isArray(value)) return value.map(normal);
  if (typeof value === "object" && value !== null) {
    return Object.entries(value).map(([key, item]) => [key, normal(item)]);
  }
  return value;
}
