import { expect, it } from "vitest";
import { Trust } from "./trust.ts";
import type { Window } from "./window.ts";
import { WindowPlan } from "./window-plan.ts";

/** The windows of a plan for rows at these steps, each answered before the next is made. */
function walk(plan: WindowPlan, steps: readonly number[], bytesPerRow = 100): Window[] {
  const windows: Window[] = [];
  for (let window = plan.next(); window !== undefined; window = plan.next()) {
    const { start, end } = window;
    const rows = steps.filter((step) => step >= start && step < end).length;
    plan.observe({ window, rows, bytes: rows * bytesPerRow });
    windows.push(window);
  }
  return windows;
}

const target = () => new Trust().target;

it("cuts steps that have each a row into pages of a thousand", () => {
  const plan = new WindowPlan({ start: 5, end: 3205 }, 3200, target());
  const steps = Array.from({ length: 3205 }, (_, step) => step);
  expect(walk(plan, steps)).toEqual([
    { start: 5, end: 1005 },
    { start: 1005, end: 2005 },
    { start: 2005, end: 3005 },
    { start: 3005, end: 3205 },
  ]);
});

it("makes windows as long as rows are far apart", () => {
  const steps = Array.from({ length: 6000 }, (_, index) => index * 1000);
  const plan = new WindowPlan({ start: 0, end: 6_000_000 }, 6000, target());
  expect(walk(plan, steps)).toHaveLength(10);
});

it("passes long stretches without rows in few windows, whatever was thought", () => {
  const steps = Array.from({ length: 500 }, (_, index) => 2 ** 50 + index);
  const unknown = new WindowPlan({ start: 0, end: 2 ** 50 + 500 }, undefined, target());
  expect(walk(unknown, steps).length).toBeLessThan(20);
});

it("asks for fewer rows where they are heavy", () => {
  const steps = Array.from({ length: 10_000 }, (_, step) => step);
  const plan = new WindowPlan({ start: 0, end: 10_000 }, 10_000, target());
  const [, second] = walk(plan, steps, 40_000);
  expect(second).toEqual({ start: 1000, end: 1100 });
});
