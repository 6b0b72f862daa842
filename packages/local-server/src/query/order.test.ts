import type { Json } from "@lazyruns/json";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileOrder, type QueryableRun, QueryError } from "./index.ts";

function makeRun(ordinal: number, value: Json | undefined): QueryableRun {
  const at = new Date(Date.UTC(2026, 0, 1, 0, 0, Math.floor(ordinal / 2))).toISOString();
  return {
    ordinal,
    name: `r${(ordinal * 7) % 10}`,
    displayName: `run ${ordinal}`,
    state: "finished",
    group: null,
    jobType: null,
    tags: [],
    createdAt: at,
    updatedAt: at,
    heartbeatAt: at,
    duration: 0,
    username: "me",
    sweep: null,
    notes: null,
    host: null,
    config: value === undefined ? {} : { p: { value }, n: { value: { q: value } } },
    summary: value === undefined ? {} : { "val/p": value, deep: { q: value } },
  };
}
const VALUES: (Json | undefined)[] = [
  2,
  undefined,
  "b",
  Number.NaN,
  -1,
  true,
  null,
  2,
  "a",
  2n ** 60n,
  [1],
  10,
];
const runs = VALUES.map((value, ordinal) => makeRun(ordinal, value));
const sorted = (order?: string | null) => [...runs].sort(compileOrder(order)).map(({ ordinal }) => ordinal);

describe("compileOrder", () => {
  it.each([
    "config.p.value",
    "config.p",
    "config.n.q",
    "config.n.value.q",
    "summary_metrics.val/p",
    "summary_metrics.deep.q",
  ])("%s: numbers, text, booleans, the rest; NaN and then what is missing last either way", (key) => {
    const up = [4, 0, 7, 11, 9, 8, 2, 5, 10];
    expect(sorted(`+${key}`)).toEqual([...up, 3, 1, 6]);
    expect(sorted(key)).toEqual(sorted(`+${key}`));
    // equal ones (0 and 7) are reversed with the rest
    expect(sorted(`-${key}`)).toEqual([...[...up].reverse(), 3, 6, 1]);
  });

  it("takes the order in which runs were made where times are equal, and reverses it", () => {
    const made = runs.map(({ ordinal }) => ordinal);
    for (const key of ["created_at", "createdAt", "heartbeat_at", "updatedAt", "state", "group"]) {
      expect(sorted(`+${key}`)).toEqual(made);
      expect(sorted(`-${key}`)).toEqual([...made].reverse());
    }
    expect(sorted()).toEqual(made);
    expect(sorted("")).toEqual(made);
    expect(sorted(null)).toEqual(made);
  });

  it("orders by text as code units", () => {
    expect([...runs].sort(compileOrder("name")).map(({ name }) => name)).toEqual(
      runs.map(({ name }) => name).sort(),
    );
  });

  it("is a total order", () => {
    const value = fc.oneof(
      fc.double(),
      fc.integer(),
      fc.bigInt(),
      fc.string(),
      fc.boolean(),
      fc.constant(null),
    );
    const compare = compileOrder("-config.p");
    fc.assert(
      fc.property(fc.tuple(value, value, value), (values) => {
        const [a, b, c] = values.map((item, index) => makeRun(index, item)) as [
          QueryableRun,
          QueryableRun,
          QueryableRun,
        ];
        expect(Math.sign(compare(a, b))).toBe(-Math.sign(compare(b, a)));
        if (compare(a, b) < 0 && compare(b, c) < 0) expect(compare(a, c)).toBeLessThan(0);
      }),
      { numRuns: 1000 },
    );
  });

  it.each(["colour", "+", "-config", "config.", "++name", "created_at,name", "tags"])(
    "refuses %j",
    (order) => {
      expect(() => compileOrder(order)).toThrow(QueryError);
      expect(() => compileOrder(order)).toThrow(JSON.stringify(order));
    },
  );
});
