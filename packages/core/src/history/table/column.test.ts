import { expect, test } from "vitest";
import { InvalidArgumentError, LazyrunsError } from "../../errors.ts";
import { buildChunk } from "./build-chunk.ts";
import { type AnyColumn, makeColumn } from "./column.ts";
import { RepeatedText } from "./texts.ts";

type Row = Parameters<typeof buildChunk>[0][number];

function columnOf(...values: Row[string][]): AnyColumn {
  const { numRows, columns } = buildChunk(values.map((m) => ({ m })) as Row[], new Set());
  return makeColumn("m", [{ numRows, column: columns[0] }]);
}

test.each([
  ["int64", [1], new Float64Array(1), 'must be a BigInt64Array, for column "m" is int64'],
  ["float64", [0.5], new BigInt64Array(1), 'must be a Float64Array, for column "m" is float64'],
  ["bool", [true], new Float64Array(1), 'must be a Uint8Array, for column "m" is bool'],
  ["utf8", ["a"], new Uint8Array(1), 'column "m" is utf8. Use toUtf8()'],
  ["null", [null], [], "must be a Float64Array or a BigInt64Array or a Uint8Array"],
])("values of type %s aren't copied into what can't hold them", (dtype, values, target, message) => {
  const column = columnOf(...(values as Row[string][]));
  expect(column.dtype).toBe(dtype);
  const copy = () => column.copyValues(target as Float64Array);
  expect(copy).toThrow(InvalidArgumentError);
  expect(copy).toThrow(message);
});

test("what is too short is refused before anything is written", () => {
  const column = columnOf(1, 2, 3);
  const target = new BigInt64Array(4);
  expect(() => column.copyValues(target, 2)).toThrow(
    new InvalidArgumentError(
      'The target of copyValues() has room for 4 elements, and column "m" needs 3 from 2 on.',
    ),
  );
  expect([...target]).toEqual([0n, 0n, 0n, 0n]);
  expect(() => column.copyValues(target, -1)).toThrow(/^at is -1/);
  expect(() => column.copyValidity(new Uint8Array(1), 6)).toThrow(/room for 8 bits, .* needs 3 from 6 on/);
  expect(() => column.copyValidity([] as never)).toThrow(/must be a Uint8Array/);
});

test("a row of a column without rows is refused as such", () => {
  expect(() => columnOf().get(0)).toThrow(new InvalidArgumentError('row is 0; column "m" has no rows.'));
});

test("text that offsets of 32 bits can't hold is refused, and so is what is no text", () => {
  const texts = new RepeatedText("x".repeat(2 ** 20), 2048);
  const part = { numRows: 2048, column: { kind: "utf8", texts, validity: null, present: null } } as const;
  const encode = () => makeColumn("notes", [part]).toUtf8();
  expect(encode).toThrow(LazyrunsError);
  expect(encode).toThrow(
    /column "notes" takes 2147483648 bytes, more than the 2147483647 .*table\.forRun\(id\)/,
  );
  expect(() => columnOf(1).toUtf8()).toThrow('toUtf8() gives text, and column "m" is int64.');
});
