import fc from "fast-check";
import { expect, test } from "vitest";
import { domainOfBulk, widened } from "./domain.ts";
import { momentsOf } from "./moments.ts";
import { ticks } from "./ticks.ts";

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });

test("labels of an axis lie within it, a handful of them, in order", () => {
  fc.assert(
    fc.property(finite, finite, fc.boolean(), (a, b, log) => {
      const [low, high] = log ? [Math.abs(a) || 1, Math.abs(b) || 2] : [a, b];
      const domain = widened([Math.min(low, high), Math.max(low, high)], log);
      const found = ticks(domain, 4, log);
      expect(found.length).toBeLessThanOrEqual(17);
      expect(found).toEqual([...found].sort((x, y) => x - y));
      const room = (domain[1] - domain[0]) * 1e-9;
      for (const value of found) {
        expect(value).toBeGreaterThanOrEqual(domain[0] - room);
        expect(value).toBeLessThanOrEqual(domain[1] + room);
      }
    }),
  );
  expect(ticks([0, 500], 4, false)).toEqual([0, 200, 400]);
  expect(ticks([0.2, 3], 4, true)).toEqual([0.2, 0.5, 1, 2]);
  expect(ticks([1e-6, 1], 4, true)).toEqual([1e-6, 1e-4, 0.01, 1]);
});

test.each([
  [[0.1, 0.95], false, [0.2, 0.4, 0.6, 0.8]],
  [[0.21, 0.85], true, [0.4, 0.6, 0.8]],
  [[1.1, 999], true, [3, 10, 30, 100, 300]],
  [[2, 50_000], true, [10, 100, 1000, 10_000]],
  [[7e-16, 1.7e308], true, [1e-15, 1e66, 1e147, 1e228]],
] as const)(
  "an axis over %j has enough labels to tell values by (logarithmic: %s)",
  (domain, log, labels) => {
    expect(ticks(domain, 4, log)).toEqual(labels);
  },
);

test("a logarithmic axis has two labels at least", () => {
  const power = fc.double({ min: -320, max: 308, noNaN: true });
  fc.assert(
    fc.property(power, power, fc.integer({ min: 2, max: 9 }), (a, b, about) => {
      const domain = widened([10 ** Math.min(a, b), 10 ** Math.max(a, b)], true);
      fc.pre(domain[1] / domain[0] > 1.01);
      expect(ticks(domain, about, true).length).toBeGreaterThan(1);
    }),
  );
});

test("an axis leaves out what is far out, and nothing else", () => {
  const bulk = Array.from({ length: 200 }, (_, at) => Math.sin(at));
  const domain = (...more: number[]) => domainOfBulk([Float64Array.of(...bulk, ...more)]);
  const [low, high] = [Math.min(...bulk), Math.max(...bulk)];
  expect(domain()).toEqual([low, high]);
  expect(domain(1e305)).toEqual([low, high]);
  expect(domain(-1e305, 1e305)).toEqual([low, high]);
  expect(domain(30)).toEqual([low, 30]); // a peak, and no more
  expect(domainOfBulk([Float64Array.of(1, 2, 1e9)])).toEqual([1, 1e9]); // too few to tell
  expect(domainOfBulk([new Float64Array(100).fill(3), Float64Array.of(4)])).toEqual([3, 4]);
});

test("seconds since 1970 are moments, and what can't be seconds isn't", () => {
  expect(momentsOf(Float64Array.of(0, 1.8e9, Number.NaN))).toEqual(Float64Array.of(0, 1.8e12, Number.NaN));
  expect(momentsOf(Float64Array.of(1.8e9, 1.8e12))).toBeUndefined();
});
