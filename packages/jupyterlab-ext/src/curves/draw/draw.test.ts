import { widened } from "@lazyruns/curves";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Frame, placeX, placeY, valueAt } from "./frame.ts";
import { stretchesOf, traceBand, traceLine } from "./trace.ts";

const FRAME: Frame = { width: 100, height: 50, x: [0, 10], y: [0, 1], logX: false, logY: false };
const doubles = (values: readonly number[]) => Float64Array.from(values);

/** Keeps what a pen is told. */
function pen() {
  const moves: { to: "move" | "line"; x: number; y: number }[] = [];
  return {
    moves,
    moveTo: (x: number, y: number) => moves.push({ to: "move", x, y }),
    lineTo: (x: number, y: number) => moves.push({ to: "line", x, y }),
  };
}

test("places are where values are, and back", () => {
  expect([placeX(FRAME)(5), placeY(FRAME)(1), placeY(FRAME)(0)]).toEqual([50, 0, 50]);
  const log: Frame = { ...FRAME, x: [1, 100], logX: true };
  expect(placeX(log)(10)).toBeCloseTo(50);
  expect(valueAt(log.x, 0.5, true)).toBeCloseTo(10);
  expect(valueAt(FRAME.x, 0.25, false)).toBe(2.5);
});

test("places of any values are numbers that a canvas can take", () => {
  const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
  fc.assert(
    fc.property(finite, finite, finite, (a, b, value) => {
      const place = placeY({ ...FRAME, y: widened([Math.min(a, b), Math.max(a, b)], false) })(value);
      expect(Math.abs(place)).toBeLessThanOrEqual(50 * 20);
    }),
  );
});

test("lines are cut at gaps, and begin one point before what is shown", () => {
  const x = doubles([0, 1, 2, 3, 4, 5, 6]);
  expect(stretchesOf(x, doubles([]), [0, 6])).toEqual([{ start: 0, end: 7 }]);
  expect(stretchesOf(x, doubles([1.5, 1.6, 4.5]), [0, 6])).toEqual([
    { start: 0, end: 2 },
    { start: 2, end: 5 },
    { start: 5, end: 7 },
  ]);
  expect(stretchesOf(x, doubles([-1, 9]), [2.5, 3.5])).toEqual([{ start: 2, end: 5 }]);
  expect(stretchesOf(x, doubles([]), [20, 30])).toEqual([{ start: 6, end: 7 }]);
  expect(stretchesOf(doubles([1, 1, 1]), doubles([]), [1, 1])).toEqual([{ start: 0, end: 3 }]);
});

test("a line of few points goes through all, one of many through the extremes of each column", () => {
  const few = pen();
  traceLine(few, { x: doubles([0, 5, 10]), y: doubles([0, 1, 0]) }, { start: 0, end: 3 }, FRAME, 1);
  expect(few.moves).toEqual([
    { to: "move", x: 0, y: 50 },
    { to: "line", x: 50, y: 0 },
    { to: "line", x: 100, y: 50 },
  ]);
  const values = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 400, maxLength: 2000 });
  fc.assert(
    fc.property(values, fc.integer({ min: 1, max: 4 }), (y, column) => {
      const x = doubles(y.map((_, at) => (at / (y.length - 1)) * 10));
      const many = pen();
      traceLine(many, { x, y: doubles(y) }, { start: 0, end: y.length }, FRAME, column);
      expect(many.moves.length).toBeLessThanOrEqual(2 * (100 / column + 1) + 2);
      const places = many.moves.map((move) => move.y);
      const yOf = placeY(FRAME);
      expect(Math.min(...places)).toBe(yOf(Math.max(...y)));
      expect(Math.max(...places)).toBe(yOf(Math.min(...y)));
      expect([places[0], places.at(-1)]).toEqual([yOf(y[0] as number), yOf(y.at(-1) as number)]);
      const across = many.moves.map((move) => move.x);
      expect(across).toEqual([...across].sort((a, b) => a - b));
    }),
    { numRuns: 30 },
  );
});

test("a band goes along its top and back along its bottom", () => {
  const band = pen();
  const y = doubles([0.5, 0.5]);
  const points = { x: doubles([0, 10]), y, low: doubles([0, 0]), high: doubles([1, 1]) };
  traceBand(band, points, { start: 0, end: 2 }, FRAME);
  expect(band.moves.map(({ x, y }) => [x, y])).toEqual([
    [0, 0],
    [100, 0],
    [100, 50],
    [0, 50],
  ]);
});
