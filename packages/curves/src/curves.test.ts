import fc from "fast-check";
import { expect, test } from "vitest";
import { downsample, keptPoints } from "./downsample.ts";
import { meanOf } from "./mean.ts";
import { pointsOf, rangeOf } from "./points.ts";
import { smoothed } from "./smooth.ts";

const doubles = (y: readonly number[]) => Float64Array.from(y);
const over = (y: readonly number[], x = [...y.keys()]) => ({ x: doubles(x), y: doubles(y) });

test("fewer points keep the first, the last, the lowest and the highest", () => {
  const values = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), {
    minLength: 1,
    maxLength: 400,
  });
  fc.assert(
    fc.property(values, fc.integer({ min: 4, max: 60 }), (y, most) => {
      const { x, y: kept } = downsample(over(y), most);
      expect(x.length).toBeLessThanOrEqual(Math.max(most, 0));
      expect([x[0], x.at(-1)]).toEqual([0, y.length - 1]);
      expect(Math.min(...kept) + 0).toBe(Math.min(...y) + 0); // -0 is no less than 0
      expect(Math.max(...kept) + 0).toBe(Math.max(...y) + 0);
      expect([...x]).toEqual([...x].sort((a, b) => a - b));
      for (const [at, place] of x.entries()) expect(kept[at]).toBe(y[place]);
    }),
  );
});

test("as many rows are kept as there is room for, from all over", () => {
  const flat = doubles(Array(190).fill(1));
  const seldom = flat.map((value, at) => (at % 50 === 0 ? value : Number.NaN));
  for (const most of [2, 7, 25, 100, 189]) {
    const kept = keptPoints([flat, seldom, seldom], 190, most);
    expect(kept).toHaveLength(most);
    expect(Math.max(...kept.slice(1).map((at, n) => at - (kept[n] as number)))).toBeLessThan(
      3 * (190 / (most - 1)),
    );
  }
});

test("points are kept by the extremes of several columns, and never more than asked for", () => {
  const up = doubles([...Array(1000).keys()].map((at) => (at === 333 ? 1e9 : at)));
  const down = doubles([...Array(1000).keys()].map((at) => (at === 666 ? -1e9 : Number.NaN)));
  const kept = keptPoints([up, down], 1000, 50);
  expect(kept).toEqual(expect.arrayContaining([0, 333, 666, 999]));
  expect(kept.length).toBeLessThanOrEqual(50);
  for (const most of [0, 1, 2, 3, 5])
    expect(keptPoints([up, down], 1000, most).length).toBeLessThanOrEqual(most);
  expect(keptPoints([], 3, 10)).toEqual([0, 1, 2]);
});

test("smoothing is the average of all before, weighted by their distance in x", () => {
  const points = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 2, maxLength: 30 });
  fc.assert(
    fc.property(points, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (y, weight) => {
      const x = y.map((_, at) => at * at);
      const range = x.at(-1) as number;
      const made = smoothed(over(y, x), weight, range).y;
      for (const [at, value] of made.entries()) {
        const weights = x
          .slice(0, at + 1)
          .map((one) => Math.sqrt(weight) ** (((x[at] as number) - one) * (1000 / range)));
        const sum = weights.reduce((total, one, index) => total + one * (y[index] as number), 0);
        const expected = sum / weights.reduce((total, one) => total + one, 0);
        expect(Math.abs(value - expected)).toBeLessThan(1e-6 * 1e6);
      }
    }),
  );
  const steps = over([1, 5, 2]);
  expect(smoothed(steps, 0, 2)).toBe(steps);
  expect([...smoothed(over([3]), 0.9, 0).y]).toEqual([3]);
});

test("a group is the mean of its runs between their least and most", () => {
  const { x, y, low, high } = meanOf([over([1, 2, 3]), over([3, 6]), over([])], false);
  expect([...x]).toEqual([0, 1, 2]);
  expect([...y]).toEqual([2, 4, 3]); // the second ends earlier
  expect([...(low ?? [])]).toEqual([1, 2, 3]);
  expect([...(high ?? [])]).toEqual([3, 6, 3]);
});

test("runs that were logged at different x are averaged in bins, a run that logged more counting no more", () => {
  const often = over(
    Array(400).fill(1),
    [...Array(400).keys()].map((at) => at / 4),
  );
  const seldom = over(
    Array(100).fill(3),
    [...Array(100).keys()].map((at) => at + 0.1),
  );
  const { x, y, low, high } = meanOf([often, seldom], false);
  expect(x.length).toBeLessThanOrEqual(200);
  // Where it logged nothing within its extent, the seldom one lies on the line between its points.
  for (let at = 1; at < x.length - 1; at++) expect([y[at], low?.[at], high?.[at]]).toEqual([2, 1, 3]);
});

test("means of runs that were logged at other steps lie evenly along a logarithmic axis, on whole steps", () => {
  const every = (step: number, from: number) => {
    const x = Array.from({ length: 300 }, (_, at) => from + at * step);
    return over(x.map(Math.log10), x);
  };
  const curves = [every(5, 10), every(7, 11), every(3, 12)];
  const { x, y } = meanOf(curves, true);
  expect(x[0]).toBe(10);
  expect([...x].every(Number.isInteger)).toBe(true);
  expect([...x]).toEqual([...new Set(x)].sort((a, b) => a - b));
  expect(x.filter((step) => step < 100).length).toBeGreaterThan(30);
  for (const [at, step] of x.entries())
    expect(Math.abs((y[at] as number) - Math.log10(step))).toBeLessThan(0.05);
  expect([...meanOf(curves, false).x].every(Number.isInteger)).toBe(true);
});

test("points are in the order of x, and what can't be drawn is counted", () => {
  const y = doubles([1, Number.NaN, Number.POSITIVE_INFINITY, -1, 4, 5]);
  const x = doubles([2, 3, 4, 1, Number.NaN, 0]);
  const all = [{ start: 0, end: 6 }];
  const points = pointsOf({ x, y }, all, false);
  expect([[...points.x], [...points.y], points.leftOut]).toEqual([[0, 1, 2], [5, -1, 1], 1]);
  expect(pointsOf({ x, y }, all, true)).toMatchObject({ x: doubles([0, 2]), y: doubles([5, 1]), leftOut: 2 });
  expect([...pointsOf({ x: undefined, y }, [{ start: 3, end: 6 }], false).x]).toEqual([0, 1, 2]);
});

test("curves go together from the first of all points to the last", () => {
  expect(rangeOf([over([1, 1], [3, 5]), over([]), over([1], [-1])])).toBe(6);
  expect(rangeOf([over([1], [3])])).toBe(0);
  expect(rangeOf([])).toBe(0);
});

test("means and smoothed values of the largest numbers are numbers", () => {
  const most = Number.MAX_VALUE;
  expect([...meanOf([over([most, most]), over([most, -most]), over([most])], false).y]).toEqual([most, 0]);
  for (const y of smoothed(over([most, most, -most, most]), 0.999, 1e9).y)
    expect(Math.abs(y)).toBeLessThanOrEqual(most);
});
