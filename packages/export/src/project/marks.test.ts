import type { Run } from "@lazyruns/core";
import { expect, test } from "vitest";
import { isAsItWas, marksOf, seemsAsItWas } from "./marks.ts";

const NOW = Date.parse("2026-01-02T03:05:00Z");

function run(more: Partial<Run> = {}): Run {
  const at = new Date("2026-01-02T03:04:05Z");
  return { id: "a", state: "finished", createdAt: at, heartbeatAt: at, historyLineCount: 7, ...more } as Run;
}

function mark(updatedAt: string | null, now = NOW): string {
  return marksOf({ run: run(), updatedAt, eventsLineCount: 3 }, now).run;
}

test.each([
  ["2026-01-02T03:04:59.123Z", true],
  ["2026-01-02T03:04:30Z", true],
  ["2026-01-02T03:04:59Z", false], // something more may be written in that second
  ["2026-01-02T03:04:59", false],
  [null, false],
])("a run that was written at %s is sure to be as it was: %s", (updatedAt, isSure) => {
  expect(isAsItWas(mark(updatedAt), mark(updatedAt))).toBe(isSure);
  expect(seemsAsItWas(mark(updatedAt), mark(updatedAt))).toBe(true);
});

test("what was unsettled is fetched once more when it has settled", () => {
  const at = "2026-01-02T03:04:59Z";
  const [before, after] = [mark(at), mark(at, NOW + 60_000)];
  expect(isAsItWas(before, after)).toBe(false);
  expect(seemsAsItWas(before, after)).toBe(true);
  expect(isAsItWas(after, mark(at, NOW + 120_000))).toBe(true);
});

test("rows follow their own counts, and where there is none the heartbeat", () => {
  const of = (more: Partial<Run>, eventsLineCount: number | null = 3) =>
    marksOf({ run: run(more), updatedAt: null, eventsLineCount }, NOW);
  const later = { heartbeatAt: new Date(NOW) };
  expect(of(later).history).toBe(of({}).history);
  expect(of(later).system).toBe(of({}).system);
  expect(of({}, 4).history).toBe(of({}).history);
  expect(of({}, 4).system).not.toBe(of({}).system);
  expect(of(later, null).system).not.toBe(of({}, null).system);
  expect(of({ ...later, historyLineCount: null }).history).not.toBe(of({ historyLineCount: null }).history);
});
