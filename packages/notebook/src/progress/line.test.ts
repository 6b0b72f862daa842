import { expect, test } from "vitest";
import { bar } from "./bar.ts";
import { endedLine, runningLine } from "./line.ts";

const work = { operation: "histories", entity: "team", project: "digits" } as const;
const at = (done: number, total: number) => ({ done, total, unit: "runs" }) as const;

test("a bar is as wide whatever it says", () => {
  for (const fraction of [-1, 0, 0.004, 0.31, 0.5, 0.999, 1, 7]) expect(bar(fraction)).toHaveLength(20);
  expect(bar(0)).toBe("░".repeat(20));
  expect(bar(0.5)).toBe("█".repeat(10) + "░".repeat(10));
  expect(bar(0.52)).toBe(`${"█".repeat(10)}▍${"░".repeat(9)}`);
  expect(bar(1)).toBe("█".repeat(20));
});

test.each([
  [undefined, 1, `histories of team/digits ${"░".repeat(20)} asking`],
  [at(0, 1234), 1, `histories of team/digits ${"░".repeat(20)} 0/1,234 runs`],
  [at(617, 1234), 2, `histories of team/digits ${bar(0.5)} 617/1,234 runs  309/s  2s left`],
  [at(1, 400), 2, `histories of team/digits ${bar(1 / 400)} 1/400 runs`],
  [at(2, 400), 4, `histories of team/digits ${bar(2 / 400)} 2/400 runs  0.5/s  13m 16s left`],
  [at(0, 0), 1, `histories of team/digits ${bar(1)} 0/0 runs`],
])("a call that goes on: %j after %d s", (progress, seconds, line) => {
  expect(runningLine({ work, progress, seconds })).toBe(line);
});

test.each([
  [at(500, 500), undefined, "histories of team/digits: 500 runs in 2s (250/s)"],
  [at(12, 500), undefined, "histories of team/digits: 12 of 500 runs in 2s (6/s)"],
  [undefined, undefined, "histories of team/digits: done in 2s"],
  [
    at(3, 5),
    new TypeError("it\nbroke"),
    "histories of team/digits: failed after 3 of 5 runs, 2s. TypeError: it broke",
  ],
  [undefined, new Error("no"), "histories of team/digits: failed, 2s. Error: no"],
  [at(3, 5), "enough", "histories of team/digits: stopped after 3 of 5 runs, 2s"],
  [at(3, 5), AbortSignal.abort().reason, "histories of team/digits: stopped after 3 of 5 runs, 2s"],
])("a call that ended: %j, %s", (progress, error, line) => {
  expect(endedLine({ work, progress, seconds: 2 }, error)).toBe(line);
});
