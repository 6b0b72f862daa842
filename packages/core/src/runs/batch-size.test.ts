import { expect, test } from "vitest";
import { BatchSize, MOST_RUNS } from "./batch-size.ts";

function answers(size: BatchSize, count: number, characters = 1): void {
  for (let index = 0; index < count; index++) size.learn(size.runs, size.runs * characters);
}

test("grows again to where it was, after ten answers that went well each time", () => {
  const size = new BatchSize();
  answers(size, 1);
  size.halve(100);
  size.halve(50);
  answers(size, 9);
  expect(size.runs).toBe(25);
  answers(size, 1);
  expect(size.runs).toBe(50);
  answers(size, 10);
  expect(size.runs).toBe(MOST_RUNS);
});

test("counts anew from each request that was too much, and not answers that are smaller", () => {
  const size = new BatchSize();
  answers(size, 1);
  size.halve(100);
  answers(size, 9);
  size.halve(50);
  answers(size, 9);
  for (let index = 0; index < 20; index++) size.learn(24, 24);
  expect(size.runs).toBe(25);
});

test("stays within what an answer may weigh, and what the server gives in one", () => {
  const heavy = new BatchSize();
  answers(heavy, 1);
  heavy.halve(20);
  answers(heavy, 40, 400_000);
  expect(heavy.runs).toBe(20);

  const clamped = new BatchSize();
  answers(clamped, 1);
  clamped.limit(10);
  clamped.halve(10);
  answers(clamped, 30);
  expect(clamped.runs).toBe(10);
});
