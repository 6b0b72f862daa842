import { Runs, Service } from "@lazyruns/core";
import { describe, expect, test } from "vitest";
import { CommandError } from "../command-error.ts";
import { readFilters } from "./filter.ts";

const service = new Service({ baseUrl: "http://127.0.0.1:9", apiKey: "k".repeat(40) });
/** What the library takes: it refuses a bad filter when a collection is made. */
const accepted = (...texts: string[]) =>
  new Runs(service, "team", "project", { filters: readFilters(texts) });

describe("an easy filter", () => {
  test.each([
    ["state=finished", { state: { $eq: "finished" } }],
    ["state == finished", { state: { $eq: "finished" } }],
    ["state!=crashed", { state: { $ne: "crashed" } }],
    ["config.lr<=0.01", { "config.lr": { $lte: 0.01 } }],
    ["config.lr < 1e-3", { "config.lr": { $lt: 1e-3 } }],
    ["summary.val/loss>=-2", { "summary.val/loss": { $gte: -2 } }],
    ["summary.n>9007199254740993", { "summary.n": { $gt: 9007199254740993n } }],
    ["duration>3600", { duration: { $gt: 3600 } }],
    ["config.model=mlp", { "config.model": { $eq: "mlp" } }],
    ["config.lr<.5", { "config.lr": { $lt: 0.5 } }],
    ["config.lr>-.5e1", { "config.lr": { $gt: -5 } }],
    ["config.lr<+0.5", { "config.lr": { $lt: 0.5 } }],
    ["config.lr<=1.", { "config.lr": { $lte: 1 } }],
    ["config.lr<=2.e-3", { "config.lr": { $lte: 0.002 } }],
    ["config.version=007", { "config.version": { $eq: "007" } }],
    ["config.fast=True", { "config.fast": { $eq: true } }],
    ["config.fast!=False", { "config.fast": { $ne: false } }],
    ['config.fast="True"', { "config.fast": { $eq: "True" } }],
    ['config.k=">0.5"', { "config.k": { $eq: ">0.5" } }],
    ["config.fast=true", { "config.fast": { $eq: true } }],
    ['config.version="3"', { "config.version": { $eq: "3" } }],
    ["config.note=NaN", { "config.note": { $eq: "NaN" } }],
    ["group=1", { group: { $eq: "1" } }],
    ["group=null", { group: { $eq: null } }],
    ['group="null"', { group: { $eq: "null" } }],
    ['notes=""', { notes: { $eq: "" } }],
    ["name~^mlp-", { displayName: { $regex: "^mlp-" } }],
    ["name=a=b", { displayName: { $eq: "a=b" } }],
    ["run_id=6b05b503", { name: { $eq: "6b05b503" } }],
    ["createdAt>2026-01-31", { createdAt: { $gt: "2026-01-31" } }],
    ["config.x =  two words ", { "config.x": { $eq: "two words" } }],
  ])("%s", (text, filter) => {
    expect(readFilters([text])).toEqual(filter);
    expect(() => accepted(text)).not.toThrow();
  });

  test.each(["state", "=finished", "state=", "config.lr<", "name~", "", "{", '{"a": }', "[]"])(
    "%j is refused, and the forms are told",
    (text) => {
      expect(() => readFilters([text])).toThrow(CommandError);
      expect(() => readFilters([text])).toThrow(/--filter ".*" can't be read/);
    },
  );

  test.each([
    ["config.lr=>0.5", /begins with >.*double quotes/],
    ["config.lr=<0.5", /begins with </],
    ["name=~plain", /begins with ~/],
    ["config.lr<>1", /begins with >/],
    ["state===x", /begins with =/],
    ["duration>=1h", /number of seconds/],
    ['duration>"1"', /number of seconds/],
    ["config.x!=None", /No value is null/],
  ])("%s is refused, since it would hold for other runs than it says", (text, message) => {
    expect(() => readFilters([text])).toThrow(message);
  });

  test.each([
    ["nmae=x", /no field "nmae"/],
    ["config.lr<null", /nothing is above or below null/],
    ["createdAt>yesterday", /a date/],
    ["name~(", /regular expression/],
    ['{"state": {"$foo": 1}}', /operator \$foo; allowed there: \$eq/],
  ])("%s is refused by the library, before anything is sent", (text, message) => {
    expect(() => accepted(text)).toThrow(message);
  });
});

test("several must all hold, whichever form they have", () => {
  expect(readFilters(["state=finished", '{"$or": [{"tags": "best"}]}'])).toEqual({
    $and: [{ state: { $eq: "finished" } }, { $or: [{ tags: "best" }] }],
  });
  expect(readFilters([])).toBeUndefined();
});
