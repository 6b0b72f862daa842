import { type Json, type JsonObject, stringify } from "@lazyruns/json";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileFilter, namesIn, type QueryableRun, QueryError } from "./index.ts";

const BASE: QueryableRun = {
  ordinal: 1,
  name: "r1",
  displayName: "first run",
  state: "finished",
  group: null,
  jobType: "train",
  tags: ["best", "v1.0"],
  createdAt: "2026-11-24T10:00:00.250Z",
  updatedAt: "2026-11-24T11:00:00.000Z",
  heartbeatAt: "2026-11-24T11:00:00.000Z",
  duration: 3600,
  username: "me",
  sweep: null,
  notes: null,
  host: "vm",
  config: {
    lr: { value: 0.01 },
    big: { value: 9007199254740993n },
    opt: { value: { name: "adam", betas: [0.9, 0.999] } },
    "weird.key": { value: 1 },
    "a/b": { value: 2 },
    none: { value: null },
    on: { value: true },
    nested: { value: { value: 5 } },
  },
  summary: { loss: Number.NaN, acc: 0.9, "val/acc": 0.8, deep: { min: 1 }, "x.y": "text", list: [1, 2] },
};
const matches = (filter: unknown, run: QueryableRun = BASE) => compileFilter(stringify(filter))(run);

/** The cases with each filter as its text, which tells them apart in their titles. */
function named<T>(cases: readonly [unknown, T][]): [string, T][] {
  return cases.map(([filter, expected]) => [stringify(filter), expected]);
}

describe("the path of a field", () => {
  it.each(["config", "summary_metrics", "tags"])("of %s has 64 segments at most", (root) => {
    const path = (segments: number) => `${root}${".value".repeat(segments - 1)}`;
    expect(matches({ [path(64)]: 1 })).toBe(false);
    const started = performance.now();
    expect(() => matches({ [path(4000)]: 1 })).toThrow(/64 segments/);
    expect(() => matches({ [path(20_000)]: 1 })).toThrow(QueryError);
    expect(performance.now() - started).toBeLessThan(1000);
  });

  it("has 1024 characters at most", () => {
    expect(matches({ [`config.${"x".repeat(1000)}`]: 1 })).toBe(false);
    expect(() => matches({ [`config.${"x".repeat(1024)}`]: 1 })).toThrow(/1024 characters/);
  });

  it("may name the wrapper after the key and at the end, nowhere else", () => {
    const run = { ...BASE, config: { a: { value: { b: { c: 1 } } } } };
    for (const path of ["a.b.c", "a.value.b.c", "a.b.c.value", "a.value.b.c.value"])
      expect(matches({ [`config.${path}`]: 1 }, run), path).toBe(true);
    for (const path of ["a.b.value.c", "a.value.value.b.c"])
      expect(matches({ [`config.${path}`]: 1 }, run), path).toBe(false);
  });
});

describe("compileFilter", () => {
  it.each([null, undefined, "", "  ", "{}", "null"])("%j matches every run", (text) => {
    expect(compileFilter(text)(BASE)).toBe(true);
  });

  it.each(
    named<boolean>([
      // plain fields and their other names
      [
        {
          name: "r1",
          display_name: "first run",
          displayName: { $regex: "^first" },
          job_type: "train",
          username: "me",
        },
        true,
      ],
      [
        {
          state: { $in: ["running", "finished"] },
          duration: { $gte: 3600, $lt: 3601 },
          host: { $ne: "other" },
        },
        true,
      ],
      [{ duration: { $gte: 3600, $lt: 3600 } }, false],
      // config: the node "value" may be named or not
      ...["lr", "lr.value"].map((path): [unknown, boolean] => [{ [`config.${path}`]: 0.01 }, true]),
      ...["opt.name", "opt.value.name", "opt.name.value"].map((path): [unknown, boolean] => [
        { [`config.${path}`]: "adam" },
        true,
      ]),
      ...["nested.value", "nested.value.value"].map((path): [unknown, boolean] => [
        { [`config.${path}`]: 5 },
        true,
      ]),
      [{ "config.weird.key": 1, "config.weird.key.value": 1, "config.a/b": 2 }, true],
      [{ "config.big": 9007199254740993n }, true],
      [{ "config.big": 9007199254740992n }, false],
      [{ "config.big": { $gt: 9007199254740992 } }, true],
      [{ "config.opt": { $eq: { betas: [0.9, 0.999], name: "adam" } } }, true],
      [{ "config.opt.betas": 0.9 }, true],
      // summary
      [
        {
          "summary_metrics.acc": { $gt: 0.5 },
          "summary_metrics.val/acc": 0.8,
          "summary_metrics.deep.min": 1,
        },
        true,
      ],
      [{ "summary_metrics.x.y": "text" }, true],
      [{ "summary_metrics.loss": { $gte: 0 } }, false],
      [{ "summary_metrics.loss": { $lt: 0 } }, false],
      [{ "summary_metrics.loss": Number.NaN }, true],
      // tags: one of them is enough; none may be for the negative ones
      [{ tags: "best" }, true],
      [{ tags: { $in: ["no", "v1.0"] } }, true],
      [{ tags: { $ne: "best" } }, false],
      [{ tags: { $nin: ["no"] } }, true],
      [{ tags: { $regex: "^v\\d" } }, true],
      [{ "tags.best": true }, true],
      // what is missing, and what is null
      [{ group: null }, true],
      [{ group: { $exists: false } }, true],
      [{ group: { $ne: "x" } }, true],
      [{ group: { $lt: "z" } }, false],
      [{ "config.absent": null }, true],
      [{ "config.absent": { $nin: [1] } }, true],
      [{ "config.absent": { $exists: true } }, false],
      [{ "config.none": null }, true],
      [{ "config.none": { $exists: true } }, true],
      [{ "config.lr.sub": { $exists: true } }, false],
      // kinds don't mix
      [{ "config.on": 1 }, false],
      [{ "config.lr": "0.01" }, false],
      [{ "config.lr": { $lt: "z" } }, false],
      [{ "summary_metrics.acc": { $regex: "0" } }, false],
      // times
      [{ createdAt: "2026-11-24T10:00:00.25Z" }, true],
      [{ created_at: { $gte: "2026-11-24T10:00:00", $lt: "2026-11-24T11:00:00.5+00:00" } }, true],
      [{ createdAt: { $gt: "2026-11-24T13:00:00+05:00" } }, true],
      [{ createdAt: { $gt: "2026-11-25" } }, false],
      [{ createdAt: { $gt: "2026-11-24 09:00:00.123456" } }, true],
      [{ createdAt: { $regex: "^2026-11" } }, true],
      [{ heartbeatAt: { $in: ["2026-11-24T11:00:00Z", null] }, heartbeat_at: { $exists: true } }, true],
      // logic
      [{ $or: [{ state: "failed" }, { tags: "best" }], host: "vm" }, true],
      [{ $and: [{ state: "finished" }, { state: "failed" }] }, false],
      [{ $nor: [{ state: "failed" }, { host: "other" }] }, true],
      [{ $or: [] }, false],
      [{ $and: [] }, true],
    ]),
  )("%s: %s", (filter, expected) => {
    expect(compileFilter(filter)(BASE)).toBe(expected);
  });

  it.each(
    named<string>([
      [[], "object"],
      ["x", "object"],
      [{ $not: {} }, "$not"],
      [{ $eq: 1 }, "$eq"],
      [{ $and: {} }, "$and"],
      [{ $or: [1] }, "object"],
      [{ colour: 1 }, '"colour"'],
      [{ config: 1 }, '"config"'],
      [{ "config.": 1 }, '"config."'],
      [{ "keys_info.keys.loss": 1 }, "keys_info"],
      [{ "config.lr": { $all: [1] } }, "$all"],
      [{ "config.lr": { $not: { $gt: 1 } } }, "$not"],
      [{ "config.lr": {} }, "config.lr"],
      [{ "config.lr": { sub: 1 } }, "sub"],
      [{ "config.lr": { $in: 1 } }, "$in"],
      [{ "config.lr": { $nin: "x" } }, "$nin"],
      [{ "config.lr": { $exists: 1 } }, "$exists"],
      [{ "config.lr": { $gt: [1n] } }, "$gt"],
      [{ "config.lr": { $lte: null } }, "$lte"],
      [{ name: { $regex: 1 } }, "$regex"],
      [{ name: { $regex: "a(b" } }, "a(b"],
      [{ name: { $regex: "(a)\\1" } }, "RE2"],
      [{ createdAt: { $gt: "yesterday" } }, "yesterday"],
      [{ createdAt: { $in: [1] } }, "createdAt"],
    ]),
  )("refuses %s and names %s", (filter, culprit) => {
    expect(() => compileFilter(filter)).toThrow(QueryError);
    expect(() => compileFilter(filter)).toThrow(culprit);
  });

  it("refuses what is not JSON, and nesting without end", () => {
    expect(() => compileFilter("{state:")).toThrow(QueryError);
    let filter: object = {};
    for (let depth = 0; depth < 60; depth++) filter = { $and: [filter] };
    expect(() => matches(filter)).toThrow(/50 levels/);
  });

  it("matches an expression that explodes elsewhere in linear time", () => {
    const run = { ...BASE, name: "a".repeat(50_000) };
    const began = performance.now();
    expect(matches({ name: { $regex: "^(a+)+$b" } }, run)).toBe(false);
    expect(performance.now() - began).toBeLessThan(5000); // a backtracking engine would never end
  });

  it("agrees with a naive reading of any filter", () => {
    const leaf = fc.constantFrom<Json>(
      0,
      1,
      2,
      2n ** 60n,
      2n ** 60n + 1n,
      Number.NaN,
      "a",
      "b",
      "",
      true,
      false,
      null,
    );
    const field = fc.constantFrom("config.p", "config.q", "summary_metrics.p", "summary_metrics.q");
    const condition = fc.oneof(
      leaf,
      fc.record({ operator: fc.constantFrom("$eq", "$ne"), operand: leaf }).map(asObject),
      fc
        .record({
          operator: fc.constantFrom("$gt", "$gte", "$lt", "$lte"),
          operand: leaf.filter((item) => item !== null),
        })
        .map(asObject),
      fc
        .record({ operator: fc.constantFrom("$in", "$nin"), operand: fc.array(leaf, { maxLength: 3 }) })
        .map(asObject),
      fc.record({ operator: fc.constant("$exists"), operand: fc.boolean() }).map(asObject),
    );
    const filter = fc.letrec<{ tree: JsonObject }>((tie) => ({
      tree: fc.oneof(
        { depthSize: "small" },
        fc.dictionary(field, condition as fc.Arbitrary<Json>, { maxKeys: 3 }),
        fc
          .record({
            operator: fc.constantFrom("$and", "$or", "$nor"),
            operand: fc.array(tie("tree"), { maxLength: 3 }),
          })
          .map(asObject),
      ),
    })).tree;
    const values = fc.dictionary(fc.constantFrom("p", "q"), leaf);
    fc.assert(
      fc.property(filter, values, values, (tree, config, summary) => {
        const run = {
          ...BASE,
          config: Object.fromEntries(Object.entries(config).map(([key, value]) => [key, { value }])),
          summary,
        };
        expect(matches(tree, run)).toBe(naive(tree, { config, summary_metrics: summary }));
      }),
      { numRuns: 2000 },
    );
  });
});

describe("namesIn", () => {
  it.each<[string | null, string[] | undefined]>([
    [null, undefined],
    ['{"state":"finished"}', undefined],
    ['{"name":"a"}', ["a"]],
    ['{"name":{"$in":["a","b"]},"state":"x"}', ["a", "b"]],
    ['{"name":{"$regex":"a"}}', undefined],
    ['{"$or":[{"name":"a"}]}', undefined],
  ])("%s narrows the search to %j", (text, names) => {
    expect(namesIn(text)).toEqual(names);
  });
});

function asObject({ operator, operand }: { operator: string; operand: Json }): JsonObject {
  return { [operator]: operand };
}

function naive(filter: JsonObject, values: Record<string, JsonObject>): boolean {
  return Object.entries(filter).every(([key, condition]) => {
    const any = () => (condition as JsonObject[]).some((part) => naive(part, values));
    if (key === "$and") return (condition as JsonObject[]).every((part) => naive(part, values));
    if (key === "$or") return any();
    if (key === "$nor") return !any();
    const [kind = "", name = ""] = key.split(".");
    const value = values[kind]?.[name];
    const tests = typeof condition === "object" && condition !== null ? condition : { $eq: condition };
    return Object.entries(tests as JsonObject).every(([operator, operand]) =>
      naiveTest(value, operator, operand),
    );
  });
}

function naiveTest(value: Json | undefined, operator: string, operand: Json): boolean {
  const isNumber = (item: Json | undefined) => typeof item === "number" || typeof item === "bigint";
  const same = (item: Json) => {
    if (isNumber(value) && isNumber(item)) return Object.is(value, item) || String(value) === String(item);
    return (value ?? null) === item;
  };
  const ordered =
    isNumber(value) === isNumber(operand) && (isNumber(value) || typeof value === typeof operand);
  // biome-ignore lint/suspicious/noExplicitAny: the model leaves comparing to JavaScript
  const [left, right] = [value as any, operand as any];
  switch (operator) {
    case "$eq":
      return same(operand);
    case "$ne":
      return !same(operand);
    case "$in":
      return (operand as Json[]).some(same);
    case "$nin":
      return !(operand as Json[]).some(same);
    case "$exists":
      return (value !== undefined) === operand;
    case "$gt":
      return ordered && value !== null && left > right;
    case "$lt":
      return ordered && value !== null && left < right;
    case "$gte":
      return ordered && value !== null && (left > right || same(operand));
    default:
      return ordered && value !== null && (left < right || same(operand));
  }
}
