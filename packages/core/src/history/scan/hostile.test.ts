import { isDeepStrictEqual } from "node:util";
import { parse } from "@lazyruns/json";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { HistoryField } from "../../graphql/history-documents.ts";
import { generatedRows } from "../../testing/generated-rows.ts";
import { answerOf, onTheWire, rowsOf } from "../../testing/history-answers.ts";
import { type SplitAnswer, splitAnswer } from "./split-answer.ts";
import { splitText } from "./split-text.ts";

const FIELDS = ["history", "sampledHistory"] as const;

/** Everything a split says: the answer, or that it is none, and each history's rows and types. */
function whole({ skeleton, histories }: SplitAnswer): unknown {
  let answer: unknown;
  try {
    answer = parse(skeleton);
  } catch {
    return "not JSON";
  }
  const chunks = histories.map((history) =>
    history.map((chunk) => ({
      names: chunk.schema.names,
      kinds: chunk.columns.map(({ kind }) => kind),
      rows: rowsOf(chunk),
    })),
  );
  return { answer, chunks };
}

/** The scanner must say what the slow way says, of any bytes. */
function expectSame(bytes: Buffer, field: HistoryField): void {
  const slow = whole(splitText(bytes.toString("utf8"), field));
  const fast = whole(splitAnswer(bytes, field));
  if (!isDeepStrictEqual(fast, slow))
    expect(fast, JSON.stringify(bytes.toString("latin1"))).toStrictEqual(slow);
}

const ROWS = [
  { _step: 0, loss: 0.25, "train/acc": 1e-7, note: "plain", nested: { a: [1, "x"] }, flag: true, none: null },
  {
    _step: 1,
    loss: Number.NaN,
    "train/acc": -12.5,
    note: 'a "quoted" \n é',
    nested: [],
    flag: false,
    none: null,
  },
  { loss: Number.NEGATIVE_INFINITY, _step: 12345678901234567n, late: 3 },
];

describe.each(FIELDS)("%s", { timeout: 60_000 }, (field) => {
  const answer = Buffer.from(answerOf(field, [onTheWire(field, ROWS), "null"]));

  test("an answer cut off at any byte is one that isn't JSON", () => {
    for (let length = 0; length < answer.length; length++) {
      splitAnswer(answer, field); // leaves the whole answer behind in the scanner's memory
      expect(whole(splitAnswer(answer.subarray(0, length), field))).toBe("not JSON");
    }
  });

  test("any bit flipped gives what the slow way gives", () => {
    for (let bit = 0; bit < answer.length * 8; bit++) {
      const flipped = Buffer.from(answer);
      flipped[bit >> 3] = (flipped[bit >> 3] as number) ^ (1 << (bit & 7));
      expectSame(flipped, field);
    }
  });

  test("any byte replaced by one that means something gives what the slow way gives", () => {
    for (const byte of Buffer.from('"\\{}[]:,0-.eENIntu \n\0\xff', "latin1")) {
      for (let at = 0; at < answer.length; at++) {
        const changed = Buffer.from(answer);
        changed[at] = byte;
        expectSame(changed, field);
      }
    }
  });

  test("any rows, cut up and put together again, give what the slow way gives", () => {
    const cut = fc.record({
      from: fc.nat(),
      length: fc.nat({ max: 12 }),
      to: fc.nat(),
      insert: fc.boolean(),
    });
    fc.assert(
      fc.property(
        fc.array(generatedRows, { minLength: 1, maxLength: 3 }),
        fc.array(cut, { maxLength: 4 }),
        (runs, cuts) => {
          let bytes = Buffer.from(
            answerOf(
              field,
              runs.map((rows) => onTheWire(field, rows)),
            ),
          );
          for (const { from, length, to, insert } of cuts) {
            const piece = bytes.subarray(from % bytes.length, (from % bytes.length) + length);
            const at = to % bytes.length;
            bytes = Buffer.concat([
              bytes.subarray(0, at),
              piece,
              bytes.subarray(insert ? at : at + piece.length),
            ]);
          }
          expectSame(bytes, field);
        },
      ),
      { numRuns: 500 },
    );
  });

  test("any bytes at all don't harm", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (noise) => {
        expectSame(Buffer.from(noise), field);
        expectSame(Buffer.concat([Buffer.from(`{"${field}":[`), noise]), field);
      }),
    );
  });

  test("tokens in any order give what the slow way gives", () => {
    const tokens = [
      "{",
      "}",
      "[",
      "]",
      ",",
      ":",
      '"',
      '\\"',
      "\\",
      "\\\\",
      `"${field}"`,
      `"${field}":[`,
      "1",
      "-",
      ".5",
      "e9",
    ];
    const words = [
      "NaN",
      "-Infinity",
      "null",
      "true",
      '"a":',
      '\\"a\\":',
      "[{",
      "}]",
      '["{',
      '}"]',
      " ",
      "\\u0022",
      "\\u005c",
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...tokens, ...words), { maxLength: 30 }), (parts) => {
        expectSame(Buffer.from(parts.join("")), field);
        expectSame(
          Buffer.from(
            answerOf(field, [field === "history" ? `["{${parts.join("")}}"]` : `[[{${parts.join("")}}]]`]),
          ),
          field,
        );
      }),
      { numRuns: 2000 },
    );
  });
});

test("nesting without end is no history, and ends", () => {
  for (const [open, close] of [
    ["[", "]"],
    ['{"a":', "}"],
  ] as const) {
    const deep = open.repeat(100_000) + close.repeat(100_000);
    for (const value of [`[[{"m":${deep}}]]`, `[[{"m":1},${deep}]]`, deep, open.repeat(100_000)]) {
      const { histories } = splitAnswer(Buffer.from(`{"sampledHistory":${value}}`), "sampledHistory");
      expect(histories).toEqual([]);
    }
  }
});

test("more keys than a table could have cells for is no history, and ends", () => {
  const rows = Array.from({ length: 30_000 }, (_, index) => `{"k${index}":1}`);
  const text = `{"sampledHistory":[[${rows.join()}]]}`;
  expect(splitAnswer(Buffer.from(text), "sampledHistory")).toEqual({
    skeleton: text,
    histories: [],
    scanned: 0,
  });
});
