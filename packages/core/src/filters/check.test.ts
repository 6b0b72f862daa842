import { expect, test } from "vitest";
import { InvalidArgumentError } from "../errors.ts";
import { checkFilters } from "./check.ts";
import type { Filters } from "./filters.ts";
import { where } from "./where.ts";

test("what Python sends is sent", () => {
  const filters: Filters = {
    state: "finished",
    "config.lr": { $gt: 0.001, $lte: 0.01 },
    tags: { $in: ["best", "baseline"] },
    $or: [
      { displayName: { $regex: "^mlp" } },
      { $and: [{ group: null }, { "summary_metrics.acc": { $exists: true } }] },
    ],
    $nor: [{ "config.seed": 12345678901234567890n }],
  };
  expect(checkFilters(filters)).toEqual(filters);
});

test("a date is sent as ISO text, an absent member not at all", () => {
  const since = new Date("2026-01-02T03:04:05Z");
  expect(checkFilters({ createdAt: { $gte: since }, group: undefined })).toEqual({
    createdAt: { $gte: "2026-01-02T03:04:05.000Z" },
  });
});

test("a filter is sent under the server's names, and otherwise as it is", () => {
  const sent = checkFilters({
    id: "a",
    display_name: "b",
    job_type: "train",
    user: "ada",
    "user.username": { $ne: "bob" },
    created_at: { $gt: "2026" },
    updated_at: null,
    sweepName: "s",
    "summary.val/loss": { $lt: 1 },
    "summaryMetrics.deep.er": 1,
    "config.opt.value.name": "adam",
    "tags.best": true,
    "keys_info.keys.loss": { $exists: true },
    entity: "team",
    commit: { $regex: "^4f2a" },
  });
  expect(sent).toEqual({
    name: "a",
    display_name: "b",
    jobType: "train",
    username: "ada",
    $and: [{ username: { $ne: "bob" } }],
    created_at: { $gt: "2026" },
    updatedAt: null,
    sweep: "s",
    "summary_metrics.val/loss": { $lt: 1 },
    "summary_metrics.deep.er": 1,
    "config.opt.value.name": "adam",
    "tags.best": true,
    "keys_info.keys.loss": { $exists: true },
    entity: "team",
    commit: { $regex: "^4f2a" },
  });
  expect(checkFilters(sent as Filters)).toEqual(sent);
});

test("two spellings of a field must both hold, whatever else must", () => {
  const { stringify } = JSON;
  expect(stringify(checkFilters({ id: "a", name: { $ne: "b" }, $and: [{ state: "x" }], runId: "c" }))).toBe(
    '{"name":"a","$and":[{"name":{"$ne":"b"}},{"state":"x"},{"name":"c"}]}',
  );
});

test("a logged list is a value; a condition may stand wherever filters may", () => {
  const betas = { "config.betas": [0.9, [new Date(0), 2n]], "config.layers": { $in: [[2, 2], 3] } };
  expect(checkFilters(betas)).toEqual({ ...betas, "config.betas": [0.9, ["1970-01-01T00:00:00.000Z", 2n]] });
  const $or = [where.tags.has("best"), { state: "finished" }, where.id.eq("a").not()];
  expect(checkFilters({ $or })).toEqual({
    $or: [{ tags: "best" }, { state: "finished" }, { $nor: [{ name: "a" }] }],
  });
});

test("names that mean something to JavaScript mean nothing here", () => {
  const hostile = JSON.parse('{"config.__proto__": 1, "config.toJSON": 2, "summary_metrics.constructor": 3}');
  expect(checkFilters(hostile)).toEqual(hostile);
  for (const text of ['{"__proto__": {"state": 1}}', '{"constructor": 1}', '{"toString": 1}']) {
    expect(() => checkFilters(JSON.parse(text))).toThrow(/no field/);
  }
  expect(() => checkFilters(JSON.parse('{"state": {"__proto__": 1}}'))).toThrow(/operator __proto__/);
});

test("a hundred thousand ids are fine", () => {
  const $in = Array.from({ length: 100_000 }, (_, index) => `run-${index}`);
  expect(checkFilters({ name: { $in } })).toEqual({ name: { $in } });
});

test.each([
  [
    { "config.lr": { $near: 1 } },
    /filters\["config\.lr"\] has the operator \$near; allowed there: \$eq .*\$regex/,
  ],
  [{ $not: [{ state: "x" }] }, /filters has the operator \$not; allowed there: \$and \$or \$nor/],
  [{ $gt: 3 }, /filters has the operator \$gt; allowed there: \$and \$or \$nor\.$/],
  [{ state: { $or: [] } }, /operator \$or/],
  [{ $or: { state: "x" } }, /filters\["\$or"\] is .*a list of filters/],
  [{ $and: [[]] }, /filters\["\$and"\]\[0\] is \[\]; it must be an object/],
  [{ state: { $in: "finished" } }, /a list of values/],
  [{ "config.opt": { name: "adam" } }, /operator name; .*part of the field's name/],
  [{ state: { $exists: 1 } }, /true or false/],
  [{ state: { $in: Array(1) } }, /filters\["state"\]\["\$in"\]\[0\] is undefined/],
  [{ state: { $in: ["a", ["b"]] } }, /\["\$in"\]\[1\] is \["b"\]; it must be a single value/],
  [{ state: { $gt: null } }, /nothing is above or below null/],
  [{ "config.lr": { $in: [1, Number.NaN] } }, /\["\$in"\]\[1\] is NaN/],
  [{ "config.lr": { $gte: Number.POSITIVE_INFINITY } }, /is Infinity/],
  [{ "config.betas": [0.9, { $gt: 1 }] }, /\["config\.betas"\]\[1\]/],
  [{ createdAt: 1767225600 }, /\["createdAt"\] is 1767225600; it must be a date, or a time as ISO text/],
  [{ created_at: { $in: ["yesterday"] } }, /"yesterday"; it must be a date/],
  [{ createdAt: { $gt: new Date(Number.NaN) } }, /it must be a date/],
  [{ display_name: { $regex: "(?!x)" } }, /lookaheads/],
  [{ name: { $regex: /^a/ } }, /\["name"\]\["\$regex"\] is a RegExp; write/],
  // fields
  [{ Name: "x" }, /no field "Name"; .* Did you mean "name" \(the run's id; .* displayName\)\?$/],
  [{ dispalyname: "x" }, /Did you mean "displayName"/],
  [{ jobtype: "x" }, /Did you mean "jobType"/],
  [{ created: "x" }, /there are: name, displayName, .* config\.KEY, summary_metrics\.KEY/],
  [
    { $or: [{ lr: 1 }] },
    /filters\["\$or"\]\[0\] has no field "lr".*"config\.lr", a metric "summary_metrics\.lr"/,
  ],
  [{ config: { lr: 1 } }, /no field "config"/],
  [{ "config.": 1 }, /no field "config\."; there are/],
  [{ "": 1 }, /no field ""/],
  [{ state: { $regex: 3 } }, /RE2/],
  [{ name: /^a/ }, /\$regex: "\^a"/],
  [{ "config.lr": Number.NaN }, /is NaN; it must be/],
  [{ state: ["finished"] }, /filters\["state"\]/],
  [{ state: {} }, /one of \$eq/],
  [{ state: () => true }, /a function/],
  ["finished", /filters is "finished"; it must be an object/],
  [[], /an object/],
])("%j is refused by name", (filters, message) => {
  expect(() => checkFilters(filters as unknown as Filters)).toThrow(InvalidArgumentError);
  expect(() => checkFilters(filters as unknown as Filters)).toThrow(message);
});

test("filters without end, and ones that unfold without end, are refused", () => {
  const endless: { $and: unknown[] } = { $and: [] };
  endless.$and.push(endless);
  expect(() => checkFilters(endless as unknown as Filters)).toThrow(
    /deeper than 50 levels, or contains itself/,
  );

  const list: unknown[] = [1];
  list.push(list);
  expect(() => checkFilters({ "config.x": list } as Filters)).toThrow(/contains itself/);

  let doubled: Filters = { state: "x" };
  for (let level = 0; level < 40; level++) doubled = { $and: [doubled, doubled] };
  expect(() => checkFilters(doubled)).toThrow(/more than 100000/);
});

test("only plain objects are filters", () => {
  class Mine {
    state = "x";
  }
  expect(() => checkFilters(new Mine() as Filters)).toThrow(/an object of filters/);
  expect(() => checkFilters(new Map([["state", "x"]]) as never)).toThrow(InvalidArgumentError);
  expect(checkFilters(Object.assign(Object.create(null), { state: "x" }))).toEqual({ state: "x" });
});
