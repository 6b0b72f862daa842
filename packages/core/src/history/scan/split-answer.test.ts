import { type JsonObject, parse, stringify } from "@lazyruns/json";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { HistoryField } from "../../graphql/history-documents.ts";
import { generatedRows } from "../../testing/generated-rows.ts";
import { answerOf, onTheWire, rowsOf } from "../../testing/history-answers.ts";
import type { Chunk } from "../table/chunk.ts";
import { makeTable } from "../table/history-table.ts";
import { restoreNonFinite } from "./non-finite.ts";
import { type SplitAnswer, splitAnswer } from "./split-answer.ts";
import { splitText } from "./split-text.ts";

const FIELDS = ["history", "events", "sampledHistory"] as const;

/** Rows after the way over JSON, which has one notation for a number and for the words that stand for none. */
function expected(field: HistoryField, rows: readonly JsonObject[]): JsonObject[] {
  const text = stringify(rows, { nonFinite: field === "sampledHistory" ? "string" : "token" });
  const read = parse(text) as JsonObject[];
  return field === "sampledHistory" ? restoreNonFinite(read) : read;
}

describe.each([
  ["the scanner", (text: string, field: HistoryField) => splitAnswer(Buffer.from(text), field)],
  ["without the scanner", splitText],
])("splitAnswer, %s", (_, split: (text: string, field: HistoryField) => SplitAnswer) => {
  test.each(FIELDS)("gives the rows of %s, whatever they hold", (field) => {
    fc.assert(
      fc.property(fc.array(generatedRows, { maxLength: 4 }), (runs) => {
        const { skeleton, histories } = split(
          answerOf(
            field,
            runs.map((rows) => onTheWire(field, rows)),
          ),
          field,
        );
        expect(skeleton).toBe(
          answerOf(
            field,
            runs.map((_, index) => String(index)),
          ),
        );
        expect(histories.map((chunks) => chunks.map(rowsOf))).toStrictEqual(
          runs.map((rows) => [expected(field, rows)]),
        );
      }),
    );
  });

  test("gives a chunk a spec; a spec without rows has an empty one", () => {
    const { histories } = split(answerOf("sampledHistory", ['[[{"a":1}],[],null]', "[]"]), "sampledHistory");
    expect(histories.map((chunks) => chunks.map(rowsOf))).toEqual([[[{ a: 1 }], [], []], []]);
  });

  test.each([
    ["a null", '{"history":null}', '{"history":null}'],
    ["an empty list, with space", ' { "history" : [ ] } ', ' { "history" : 0 } '],
    ["text that isn't a key", '["history",["{}"],{"a":"history"}]', '["history",["{}"],{"a":"history"}]'],
    [
      "text that holds one",
      '{"config":"{\\"history\\":[]}","history":[]}',
      '{"config":"{\\"history\\":[]}","history":0}',
    ],
    [
      "a longer key",
      '{"myhistory":[],"history_":[],"xhistory":[]}',
      '{"myhistory":[],"history_":[],"xhistory":[]}',
    ],
    ["a key within a row", '{"history":["{\\"history\\":[1]}"]}', '{"history":0}'],
    ["an object", '{"history":{"history":1}}', '{"history":{"history":1}}'],
    ["a text", '{"history":"[]"}', '{"history":"[]"}'],
    [
      "numbers, which would look like an index",
      '[{"history":0},{"history":-1.5e3}]',
      '[{"history":"0"},{"history":"-1.5e3"}]',
    ],
    ["truth values", '{"history":true}', '{"history":true}'],
    [
      "a list of no rows",
      '[{"history":[1]},{"history":["[]"]},{"history":["{}"]}]',
      '[{"history":[1]},{"history":["[]"]},{"history":0}]',
    ],
    ["a row that isn't JSON", '{"history":["{"]}', '{"history":["{"]}'],
  ])("leaves alone what is no history: %s", (_, text, skeleton) => {
    expect(split(text, "history").skeleton).toBe(skeleton);
  });

  test.each([
    "",
    "{",
    "<html>history</html>",
    '{"history":[',
    '{"history":["{}"',
    '{"history":["{}]}',
    '"history',
    '{"history"',
    '{"history":',
  ])("gives text that is no JSON for bytes that are none: %j", (text) => {
    const { skeleton } = split(text, "history");
    expect(() => JSON.parse(skeleton)).toThrow(SyntaxError);
  });

  test.each([
    ["1", "int64"],
    ["1.0", "float64"],
    ["1e3", "float64"],
    ["10e-1", "float64"],
    ["-0", "float64"],
    ["0.99999999999999999999", "float64"],
    ["4503599627370497.3", "float64"],
    ["9007199254740991", "int64"],
    ["9223372036854775807", "int64"],
    ["9223372036854775808", "float64"],
    ["true", "bool"],
    ['"x"', "utf8"],
    ["{}", "json"],
    ["null", "null"],
  ])("gives %s the type %s", (value, kind) => {
    const sampled = split(`{"sampledHistory":[[{"m":${value}}]]}`, "sampledHistory");
    expect(sampled.histories[0]?.[0]?.columns[0]?.kind).toBe(kind);
    const texts = split(`{"history":[${JSON.stringify(`{"m":${value}}`)}]}`, "history");
    expect(texts.histories[0]?.[0]?.columns[0]?.kind).toBe(kind);
  });

  test("words for numbers that aren't finite are numbers again, unless the metric has other text", () => {
    const rows = '[{"a":"NaN","b":"NaN"},{"a":1,"b":"x"},{"a":"-Infinity","b":"Infinity"}]';
    const [chunks] = split(`{"sampledHistory":[${rows}]}`, "sampledHistory").histories;
    expect(rowsOf(chunks?.[0] as Chunk)).toEqual([
      { a: Number.NaN, b: "NaN" },
      { a: 1, b: "x" },
      { a: Number.NEGATIVE_INFINITY, b: "Infinity" },
    ]);
    expect(chunks?.[0]?.columns.map(({ kind }) => kind)).toEqual(["float64", "utf8"]);
  });

  test("a whole number beyond 64 bits isn't lost", () => {
    const { histories } = split('{"history":["{\\"_step\\":12345678901234567890}"]}', "history");
    const run = { id: "r", entity: "e", project: "p" };
    const table = makeTable([{ run, chunk: histories[0]?.[0] as Chunk }]);
    expect(table.toRows()).toEqual([{ run_id: "r", _step: 12345678901234567890n }]);
  });
});
