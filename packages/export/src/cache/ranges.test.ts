import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { covers, isRange, type Range, sizeOf, unite, without } from "./ranges.ts";

const ranges = fc.array(
  fc.tuple(fc.nat(60), fc.nat(12)).map(([start, length]) => ({ start, end: start + length })),
  { maxLength: 8 },
);

const bytesOf = (some: readonly Range[]) =>
  new Set(some.flatMap(({ start, end }) => Array.from({ length: end - start }, (_, index) => start + index)));

describe("ranges", () => {
  test("united hold the same bytes, in order, apart from one another", () => {
    fc.assert(
      fc.property(ranges, (some) => {
        const united = unite(some);
        expect(bytesOf(united)).toEqual(new Set([...bytesOf(some)].sort((a, b) => a - b)));
        expect(sizeOf(united)).toBe(bytesOf(some).size);
        for (const [index, { start }] of united.entries())
          expect(start).toBeGreaterThan(united[index - 1]?.end ?? -1);
      }),
    );
  });

  test("less others hold what is left; together they cover all", () => {
    fc.assert(
      fc.property(ranges, ranges, (wanted, had) => {
        const [a, b] = [unite(wanted), unite(had)];
        const left = without(a, b);
        const expected = [...bytesOf(a)].filter((byte) => !bytesOf(b).has(byte));
        expect([...bytesOf(left)].sort((x, y) => x - y)).toEqual(expected.sort((x, y) => x - y));
        const both = unite([...left, ...b]);
        for (const range of wanted) expect(covers(both, range)).toBe(true);
      }),
    );
  });

  test("that lie near become one with what is between", () => {
    expect(
      unite(
        [
          { start: 20, end: 30 },
          { start: 0, end: 10 },
        ],
        10,
      ),
    ).toEqual([{ start: 0, end: 30 }]);
    expect(
      unite(
        [
          { start: 21, end: 30 },
          { start: 0, end: 10 },
        ],
        10,
      ),
    ).toHaveLength(2);
    expect(covers([{ start: 0, end: 10 }], { start: 9, end: 11 })).toBe(false);
  });

  test.each([null, 1, {}, { start: 0 }, { start: -1, end: 2 }, { start: 2, end: 2 }, { start: 0.5, end: 2 }])(
    "aren't %j",
    (value) => {
      expect(isRange(value)).toBe(false);
    },
  );
});
