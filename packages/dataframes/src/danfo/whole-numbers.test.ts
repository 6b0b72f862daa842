import fc from "fast-check";
import { expect, test } from "vitest";
import { wholeNumbers } from "./whole-numbers.ts";

test("a whole number of 64 bits becomes the double that is nearest to it", () => {
  fc.assert(
    fc.property(fc.bigInt64Array(), (exact) => {
      const { values, rounded, fits32 } = wholeNumbers(exact);
      expect([...values]).toEqual(Array.from(exact, Number));
      expect(rounded).toBe(exact.filter((value) => BigInt(Number(value)) !== value).length);
      expect(fits32).toBe(exact.every((value) => BigInt.asIntN(32, value) === value));
    }),
  );
});

test.each([
  0n,
  -1n,
  2n ** 31n - 1n,
  2n ** 31n,
  -(2n ** 31n),
  -(2n ** 31n) - 1n,
  2n ** 32n,
  2n ** 53n - 1n,
  2n ** 53n,
  2n ** 53n + 1n,
  -(2n ** 53n) - 1n,
  2n ** 63n - 1n,
  -(2n ** 63n),
])("%s too, which is at an edge", (value) => {
  const { values, rounded, fits32 } = wholeNumbers(BigInt64Array.of(7n, value));
  expect([...values]).toEqual([7, Number(value)]);
  expect(rounded).toBe(BigInt(Number(value)) === value ? 0 : 1);
  expect(fits32).toBe(BigInt.asIntN(32, value) === value);
});

test("an array that begins inside of its buffer is read from there", () => {
  const whole = BigInt64Array.of(1n, 2n, 3n, 2n ** 40n);
  expect([...wholeNumbers(whole.subarray(2)).values]).toEqual([3, 2 ** 40]);
});
