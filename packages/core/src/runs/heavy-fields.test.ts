import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { HeavyFields } from "./heavy-fields.ts";
import type { Run } from "./run.ts";

const run = { id: "r0", entity: "team", project: "digits" } as Run;

/** Fields of whose text nobody else holds anything. */
function spacious(spaces: number): HeavyFields {
  const config = `{"lr":${" ".repeat(spaces)}{"value":1}}`;
  return new HeavyFields({ config, summaryMetrics: "null", systemMetrics: null }, run);
}

test("a field's text is let go once its values are there", () => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const spaces = 32_000_000;
  const fields = spacious(spaces);
  collect();
  const before = process.memoryUsage().heapUsed;
  expect(fields.config).toEqual({ lr: 1 });
  expect(/a/.test("a")).toBe(true); // a regular expression keeps the last text it was tried on
  collect();
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(spaces / 2);
  expect([fields.config, fields.summary, fields.systemMetrics]).toEqual([{ lr: 1 }, {}, {}]);
});

test("a text that is no object stays an error, however often it is read", () => {
  const fields = new HeavyFields({ config: "[1]", summaryMetrics: "{", systemMetrics: null }, run);
  for (const _ of [1, 2]) {
    expect(() => fields.config).toThrow(/config of run r0 \(team\/digits\) is not a JSON object/);
    expect(() => fields.summary).toThrow(/summary of run r0/);
  }
});
