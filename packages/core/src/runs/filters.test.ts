import { expect, test } from "vitest";
import { InvalidArgumentError } from "../errors.ts";
import { checkFilters, type Filters } from "./filters.ts";

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

test("a field called __proto__ is a field", () => {
  expect(Object.keys(checkFilters(JSON.parse('{"__proto__": 1}')))).toEqual(["__proto__"]);
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
  [{ state: { $exists: 1 } }, /true or false/],
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

test("filters without end are refused", () => {
  const endless: { $and: unknown[] } = { $and: [] };
  endless.$and.push(endless);
  expect(() => checkFilters(endless as unknown as Filters)).toThrow(/deeper than 50/);
});
