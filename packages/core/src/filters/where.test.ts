import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { InvalidArgumentError } from "../errors.ts";
import { checkFilters } from "./check.ts";
import type { Condition, Filters } from "./filters.ts";
import { where } from "./where.ts";

const DATE = new Date("2026-01-02T03:04:05Z");

describe("a condition is sent under the server's name", () => {
  test.each<[Condition, Filters]>([
    [where.id.eq("a1"), { name: "a1" }],
    [where.name.eq("mlp"), { displayName: "mlp" }],
    [where.state.ne("finished"), { state: { $ne: "finished" } }],
    [where.state.eq("a state of tomorrow"), { state: "a state of tomorrow" }],
    [where.group.eq(null), { group: null }],
    [where.jobType.in(["train", null]), { jobType: { $in: ["train", null] } }],
    [where.user.notIn(["ada"]), { username: { $nin: ["ada"] } }],
    [where.createdAt.gt(DATE), { createdAt: { $gt: "2026-01-02T03:04:05.000Z" } }],
    [where.heartbeatAt.lte("2026-01-02"), { heartbeatAt: { $lte: "2026-01-02" } }],
    [where.updatedAt.in([DATE]), { updatedAt: { $in: ["2026-01-02T03:04:05.000Z"] } }],
    [where.duration.gte(60n), { duration: { $gte: 60n } }],
    [where.notes.exists(), { notes: { $exists: true } }],
    [where.sweep.exists(false), { sweep: { $exists: false } }],
    [where.host.lt("m"), { host: { $lt: "m" } }],
    [where.commit.matches("^4f"), { commit: { $regex: "^4f" } }],
    [where.name.matches(/^MLP/i), { displayName: { $regex: "(?i)^MLP" } }],
    [where.config("lr").lte(0.01), { "config.lr": { $lte: 0.01 } }],
    [where.config("optimizer.name").eq("adam"), { "config.optimizer.name": "adam" }],
    [where.config("betas").eq([0.9, 0.999]), { "config.betas": [0.9, 0.999] }],
    [where.summary("val/accuracy").gt(0.9), { "summary_metrics.val/accuracy": { $gt: 0.9 } }],
    [where.tags.has("best"), { tags: "best" }],
    [where.tags.hasAny(["a", "b"]), { tags: { $in: ["a", "b"] } }],
    [where.tags.hasAll(["a", "b"]), { $and: [{ tags: "a" }, { tags: "b" }] }],
    [where.tags.hasAll(["a"]), { tags: "a" }],
    [where.tags.hasAll([]), {}],
  ])("%o", (condition, filters) => {
    expect(condition.toJSON()).toEqual(filters);
    expect(checkFilters(condition)).toEqual(filters);
  });
});

describe("conditions together", () => {
  const [a, b, c] = [where.id.eq("a"), where.id.eq("b"), where.id.eq("c")];

  test.each<[string, Condition, Filters]>([
    ["and", a.and(b, c), { $and: [{ name: "a" }, { name: "b" }, { name: "c" }] }],
    ["or", a.or(b), { $or: [{ name: "a" }, { name: "b" }] }],
    ["and of nothing else", a.and(), { name: "a" }],
    ["or of nothing else", a.or(), { name: "a" }],
    ["chained", a.and(b).and(c), { $and: [{ name: "a" }, { name: "b" }, { name: "c" }] }],
    ["mixed", a.or(b).and(c), { $and: [{ $or: [{ name: "a" }, { name: "b" }] }, { name: "c" }] }],
    ["not", a.not(), { $nor: [{ name: "a" }] }],
    ["not not", a.or(b).not().not(), { $or: [{ name: "a" }, { name: "b" }] }],
    ["with the object form", a.and({ id: "x" }), { $and: [{ name: "a" }, { name: "x" }] }],
    ["all", where.all(a, where.all(), { $and: [b.toJSON()] }), { $and: [{ name: "a" }, { name: "b" }] }],
    ["any", where.any(a, where.any(), b), { $or: [{ name: "a" }, { name: "b" }] }],
    ["all of none is every run", where.all(), {}],
    ["any of none is no run", where.any(), { $or: [] }],
    [
      "not of a $nor of two",
      where.all({ $nor: [{ id: "a" }, { id: "b" }] }).not(),
      { $nor: [{ $nor: [{ name: "a" }, { name: "b" }] }] },
    ],
    [
      "not of a $nor beside others",
      where.all({ $nor: [{ id: "a" }], state: "x" }).not(),
      { $nor: [{ $nor: [{ name: "a" }], state: "x" }] },
    ],
  ])("%s", (_, condition, filters) => {
    expect(condition.toJSON()).toEqual(filters);
    expect(checkFilters(condition)).toEqual(filters);
  });

  test("a chain of thousands stays shallow", () => {
    const conditions = Array.from({ length: 2000 }, (_, index) => where.id.eq(`r${index}`));
    const chain = conditions.reduce((all, next) => all.or(next));
    expect((checkFilters(chain).$or as unknown[]).length).toBe(2000);
  });

  test("they don't change", () => {
    const before = JSON.stringify(a);
    a.and(b).or(c).not();
    expect(JSON.stringify(a)).toBe(before);
  });
});

test("a condition shows itself as what is sent", () => {
  const condition = where
    .config("lr")
    .lte(0.01)
    .and(where.state.eq("finished").or(where.tags.hasAny(["x"])));
  expect(inspect(condition).replace(/\s+/g, " ")).toBe(
    "Condition { '$and': [ { 'config.lr': { '$lte': 0.01 } }, { '$or': [ { state: 'finished' }, { tags: { '$in': [ 'x' ] } } ] } ] }",
  );
  expect(JSON.stringify({ condition })).toContain('{"condition":{"$and":[{"config.lr"');
});

test("a condition of another copy of the library is taken, and checked", () => {
  const foreign = (filters: object) =>
    Object.assign(Object.create({ [Symbol.for("lazyruns.condition")]: true, and() {} }), {
      toJSON: () => filters,
    });
  expect(checkFilters(foreign({ state: "x" }))).toEqual({ state: "x" });
  expect(
    where.id
      .eq("a")
      .or(foreign({ id: "b" }))
      .toJSON(),
  ).toEqual({ $or: [{ name: "a" }, { name: "b" }] });
  expect(() => checkFilters(foreign({ nope: 1 }))).toThrow(/no field "nope"/);
});

test.each<[string, () => unknown, RegExp]>([
  ["not finite", () => where.config("lr").lte(Number.NaN), /^where\.config\("lr"\)\.lte\["\$lte"\] is NaN/],
  ["a lookahead", () => where.name.matches(/^(?!x)/), /^where\.name\.matches\["\$regex"\].*lookaheads/],
  ["no key", () => where.config(""), /where\.config needs the name of a key/],
  ["no time", () => where.createdAt.gt("soon"), /where\.createdAt\.gt/],
  [
    "an object",
    () => where.config("opt").eq({ $gt: 1 } as never),
    /where\.config\("opt"\)\.eq is \{"\$gt":1\}/,
  ],
  ["no list", () => where.id.in("a" as never), /a list of values/],
  ["a list of tags", () => where.tags.has(["a"] as never), /where\.tags\.?\w* is|where\.tags\.eq is/],
  [
    "no condition",
    () => where.id.eq("a").and("b" as never),
    /^and\[1\] is "b"; it must be an object of filters/,
  ],
  ["nothing", () => where.any(undefined as never), /^where\.any\[0\]/],
])("%s is refused at once", (_, make, message) => {
  expect(make).toThrow(InvalidArgumentError);
  expect(make).toThrow(message);
});

test("the types know the fields", () => {
  const wrong = [
    // @ts-expect-error a state is text
    () => where.state.eq(3),
    // @ts-expect-error a date or text
    () => where.createdAt.gt(5),
    // @ts-expect-error a number
    () => where.duration.lt("long"),
    // @ts-expect-error tags are had or not
    () => where.tags.eq("best"),
    // @ts-expect-error no such field
    () => where.colour,
    // @ts-expect-error nothing is above null
    () => where.config("lr").gt(null),
    // @ts-expect-error a moment is not text to search in
    () => where.createdAt.matches("^2026"),
  ];
  const filters: readonly (Filters | Condition)[] = [
    // @ts-expect-error no such field
    { status: "finished" },
    // @ts-expect-error no such operator
    { "config.lr": { $near: 1 } },
    // @ts-expect-error a number
    { duration: "long" },
    // @ts-expect-error one state, or $in
    { state: ["finished"] },
    // @ts-expect-error nothing is above null
    { "config.lr": { $gt: null } },
    { [`config.${"lr" as string}`]: 0.1, state: "a state of tomorrow" },
    { state: undefined, "config.betas": [0.9, 0.999], $or: [where.all(), { tags: null }] },
  ];
  expect([wrong.length, filters.length]).toEqual([7, 7]);
});
