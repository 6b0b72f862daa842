import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import type { HistoryField } from "../../graphql/history-documents.ts";
import { answerOf, onTheWire, rowsOf } from "../../testing/history-answers.ts";
import { splitAnswer } from "./split-answer.ts";

const FIELDS = ["history", "sampledHistory"] as const;

/** An answer with one history, whose rows are JSON texts as they stand. */
function answerOfTexts(field: HistoryField, rows: readonly string[]): Buffer {
  const value = field === "history" ? JSON.stringify(rows) : `[[${rows.join()}]]`;
  return Buffer.from(answerOf(field, [value]));
}

describe.each(FIELDS)("%s: the scanner itself reads", (field) => {
  test.each<[string, string[]]>([
    ["whole numbers and doubles", ['{"a":1,"b":-0.5}', '{"a":-2,"b":1e-300}']],
    ["whole numbers up to 64 bits", ['{"a":9007199254740993}', '{"a":-9223372036854775808}', '{"a":5}']],
    ["Python's words for numbers", ['{"a":NaN,"b":Infinity,"c":-Infinity}', '{"a":1.5,"b":NaN,"c":2}']],
    ["truth values and nulls", ['{"a":true,"b":null}', '{"a":false,"b":null}', '{"a":null}']],
    ["text, with escapes and without", ['{"a":"x","b":"NaN"}', '{"a":"日本 \\" \\\\ \\n \\u00e9","b":"y"}']],
    ["nested values", ['{"a":{"b":[1,{"c":"d"}]}}', '{"a":[ ]}', '{"a":{"e":"\\"\\\\ \\u00e9"}}']],
    ["keys that are missing, late and in another order", ['{"a":1}', '{"b":2,"a":3}', "{}", '{"c":1,"b":2}']],
    [
      "keys with escapes, long ones and odd ones",
      ['{"q\\"":1,"\\u00e9":2,"a/very/long/name":3,"":4,"__proto__":5}'],
    ],
    ["white space", ['{ "a" : 1 , "b" : [ 1 , 2 ] }', '{ "a" : 2 }', "{ }"]],
    [
      "more rows than it made room for",
      Array.from({ length: 1500 }, (_, step) => `{"_step":${step},"a":0.5}`),
    ],
    ["many keys", [`{${Array.from({ length: 3000 }, (_, key) => `"k${key}":${key}`)}}`]],
  ])("%s", (_, rows) => {
    const { histories, scanned, skeleton } = splitAnswer(answerOfTexts(field, rows), field);
    expect(scanned).toBe(1);
    expect(skeleton).toBe(answerOf(field, ["0"]));
    expect(histories[0]?.map(({ numRows }) => numRows)).toEqual([rows.length]);
  });

  test("columns that follow each other in each run otherwise", () => {
    const run = (keys: string[]) => onTheWire(field, [Object.fromEntries(keys.map((key) => [key, 1]))]);
    const answer = answerOf(field, [run(["a", "b"]), run(["b", "c", "a"]), run(["d"]), run(["a", "b"])]);
    const { histories, scanned } = splitAnswer(Buffer.from(answer), field);
    expect(scanned).toBe(4);
    expect(histories.map(([chunk]) => chunk?.schema.names)).toEqual([
      ["a", "b"],
      ["a", "b", "c"],
      ["d"],
      ["a", "b"],
    ]);
  });

  test.each<[string, string[]]>([
    ["a number and a text", ['{"a":1}', '{"a":"x"}']],
    ["a truth value and a number", ['{"a":1,"b":true}', '{"a":2,"b":0}']],
    ["a whole number beyond 64 bits", ['{"a":9223372036854775808}']],
    ["a whole number beyond 2^53 among doubles", ['{"a":9007199254740993}', '{"a":0.5}']],
    ["a key that comes twice in a row", ['{"a":1,"a":2}']],
    ["a key spelled in two ways", ['{"é":1}', '{"\\u00e9":2}']],
    ["nesting of more than 100 levels", [`{"a":${"[".repeat(150)}${"]".repeat(150)}}`]],
  ])("all but the history with %s", (_, rows) => {
    const odd = field === "history" ? JSON.stringify(rows) : `[[${rows.join()}]]`;
    const plain = onTheWire(field, [{ a: 1 }]);
    const { histories, scanned } = splitAnswer(Buffer.from(answerOf(field, [plain, odd, plain])), field);
    expect(scanned).toBe(2);
    expect(histories.map(([chunk]) => chunk?.numRows)).toEqual([1, rows.length, 1]);
    expect(rowsOf(histories[2]?.[0] ?? expect.fail())).toEqual([{ a: 1 }]);
  });
});

test("events are read as history is", () => {
  const { histories, scanned } = splitAnswer(Buffer.from('{"events":["{\\"_runtime\\":1.5}"]}'), "events");
  expect(scanned).toBe(1);
  expect(rowsOf(histories[0]?.[0] ?? expect.fail())).toEqual([{ _runtime: 1.5 }]);
});

test("bytes that are no UTF-8 become U+FFFD, as they do elsewhere", () => {
  const bytes = Buffer.from('{"sampledHistory":[[{"k\xff":"a\xc3"},{"k\xff":"\xed\xa0\x80"}]]}', "latin1");
  const { histories, scanned } = splitAnswer(bytes, "sampledHistory");
  expect(scanned).toBe(1);
  expect(rowsOf(histories[0]?.[0] ?? expect.fail())).toEqual([
    { "k\ufffd": "a\ufffd" },
    { "k\ufffd": "\ufffd\ufffd\ufffd" },
  ]);
});

test("many answers, large and small, one after another, each give their own", () => {
  for (const size of [10, 20_000, 0, 3, 60_000, 1]) {
    const rows = Array.from({ length: size }, (_, step) => ({
      _step: step,
      loss: step / 7,
      note: `n${step}`,
    }));
    const { histories, scanned } = splitAnswer(
      Buffer.from(answerOf("sampledHistory", [onTheWire("sampledHistory", rows)])),
      "sampledHistory",
    );
    expect(scanned).toBe(1);
    const [chunk] = histories[0] ?? [];
    expect(chunk?.numRows).toBe(size);
    if (chunk !== undefined)
      expect(rowsOf({ ...chunk, numRows: Math.min(size, 100) })).toEqual(rows.slice(0, 100));
  }
});

describe("numbers are the doubles that JSON.parse gives", () => {
  const digits = (least: number, most: number) =>
    fc
      .array(fc.integer({ min: 0, max: 9 }), { minLength: least, maxLength: most })
      .map((list) => list.join(""));
  const double = fc.double({ noNaN: true, noDefaultInfinity: true });
  const texts: [string, fc.Arbitrary<string>][] = [
    ["any double, as short as it goes", double.map((value) => JSON.stringify(value))],
    ["any double, with all its digits", double.map((value) => value.toPrecision(21))],
    ["a double with an exponent", double.map((value) => value.toExponential())],
    [
      "any notation",
      fc
        .tuple(
          fc.constantFrom("", "-"),
          digits(1, 25),
          fc.option(digits(1, 30)),
          fc.option(fc.integer({ min: -400, max: 400 })),
        )
        .map(([sign, whole, part, power]) => {
          const head = sign + (whole.replace(/^0+/, "") || "0");
          return head + (part === null ? "" : `.${part}`) + (power === null ? "" : `e${power}`);
        }),
    ],
    [
      "half way between two doubles, and beside it",
      fc
        .tuple(
          fc.bigInt({ min: 2n ** 52n, max: 2n ** 53n - 1n }),
          fc.integer({ min: 0, max: 8 }),
          fc.constantFrom("", ".0", ".1", ".0000000000000000001"),
        )
        .map(([mantissa, shift, part]) => `${((mantissa << 1n) | 1n) << BigInt(shift)}${part || ".0"}`),
    ],
    [
      "zeros in front of the digits",
      fc
        .tuple(fc.integer({ min: 1, max: 30 }), digits(1, 19))
        .map(([zeros, rest]) => `0.${"0".repeat(zeros)}${rest}`),
    ],
    [
      "the ends of the range",
      fc
        .tuple(digits(1, 19), fc.constantFrom(-343, -342, -325, -324, -323, -308, -307, 290, 307, 308, 309))
        .map(([rest, power]) => `1.${rest}e${power}`),
    ],
  ];

  test.each(texts)("%s", (_, text) => {
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 50 }), (list) => {
        for (const field of FIELDS) {
          // One that certainly is a double makes all of the column doubles.
          const { histories } = splitAnswer(
            answerOfTexts(field, ['{"m":0.5}', ...list.map((value) => `{"m":${value}}`)]),
            field,
          );
          const column = histories[0]?.[0]?.columns[0];
          expect(column?.kind).toBe("float64");
          const values = column?.kind === "float64" ? [...column.values].slice(1) : [];
          list.forEach((value, index) => {
            if (!Object.is(values[index], JSON.parse(value)))
              expect([value, values[index]]).toEqual([value, JSON.parse(value)]);
          });
        }
      }),
      { numRuns: 300 },
    );
  });
});

test("without WebAssembly the slow way gives the same", async () => {
  vi.stubGlobal("WebAssembly", undefined);
  vi.resetModules();
  try {
    const { splitAnswer } = await import("./split-answer.ts");
    const { histories, scanned, skeleton } = splitAnswer(
      answerOfTexts("history", ['{"a":NaN,"b":"x"}']),
      "history",
    );
    expect(scanned).toBe(0);
    expect(skeleton).toBe(answerOf("history", ["0"]));
    expect(rowsOf(histories[0]?.[0] ?? expect.fail())).toEqual([{ a: Number.NaN, b: "x" }]);
  } finally {
    vi.unstubAllGlobals();
    vi.resetModules();
  }
});

test("a long history is no measure for the answers after it", () => {
  const long = Array.from({ length: 100_000 }, (_, step) => `{"_step":${step}}`);
  expect(splitAnswer(answerOfTexts("sampledHistory", long), "sampledHistory").scanned).toBe(1);
  const wide = `{${Array.from({ length: 300 }, (_, index) => `"metric ${index}":${index}.5`).join()}}`;
  const histories = Array.from({ length: 5 }, () => `[[${Array(50).fill(wide).join()}]]`);
  expect(splitAnswer(Buffer.from(answerOf("sampledHistory", histories)), "sampledHistory").scanned).toBe(5);
});
