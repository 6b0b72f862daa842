import { parse } from "@lazyruns/json";
import { expect, test } from "vitest";
import { readPlan } from "./plan.ts";

const config = (method: string, parameters: string, more = "") =>
  `method: ${method}\nparameters:\n${parameters.replace(/^/gm, "  ")}\n${more}`;

/** The runs of a plan, at most 1000. */
function runs(text: string): string[] {
  const plan = readPlan(text);
  const found: string[] = [];
  for (let number = 0; number < 1000; number++) {
    const args = plan.args(number);
    if (args === undefined) break;
    found.push(args);
  }
  return found;
}

test("a grid is every combination once, values as they were written", () => {
  const text = config(
    "grid",
    "lr: {values: [1.0, 1.0e-05]}\nopt: {parameters: {name: {values: [adam, sgd]}, betas: {value: [1, 0.5]}}}\nn: {min: 1, max: 2}",
    "program: train.py",
  );
  expect(readPlan(text).program).toBe("train.py");
  const found = runs(text);
  expect(found).toHaveLength(8);
  expect(new Set(found).size).toBe(8);
  expect(found[0]).toBe(
    '{"lr":{"value":1.0},"opt":{"value":{"name":"adam","betas":[1,0.5]}},"n":{"value":1}}',
  );
  expect(found[7]).toBe(
    '{"lr":{"value":0.00001},"opt":{"value":{"name":"sgd","betas":[1,0.5]}},"n":{"value":2}}',
  );
});

test("run_cap ends a sweep", () => {
  expect(runs(config("grid", "x: {values: [1, 2, 3]}", "run_cap: 2"))).toHaveLength(2);
  expect(runs(config("random", "x: {values: [1, 2, 3]}", "run_cap: 5"))).toHaveLength(5);
});

test.each([
  ["{min: 0.5, max: 2.5}", 0.5, 2.5],
  ["{min: 3, max: 5}", 3, 5],
  ["{distribution: log_uniform, min: -2, max: 0}", Math.exp(-2), 1],
  ["{distribution: log_uniform_values, min: 0.001, max: 10}", 0.001, 10],
  ["{distribution: inv_log_uniform, min: 0, max: 2}", Math.exp(-2), 1],
  ["{distribution: inv_log_uniform_values, min: 0.01, max: 1}", 0.01, 1],
  ["{distribution: q_uniform, min: 0, max: 10, q: 5}", 0, 10],
])("random values of %s lie between %d and %d, and spread", (spec, least, most) => {
  const values = runs(config("random", `x: ${spec}`)).map((args) =>
    Number((parse(args) as { x: { value: number } }).x.value),
  );
  expect(values).toHaveLength(1000);
  expect(Math.min(...values)).toBeGreaterThanOrEqual(least * 0.999_999);
  expect(Math.max(...values)).toBeLessThanOrEqual(most * 1.000_001);
  // A third of the range stays empty by chance once in 1e170.
  const third = (most - least) / 3;
  expect(values.some((value) => value <= least + third)).toBe(true);
  expect(values.some((value) => value >= most - third)).toBe(true);
  if (spec.includes("q: 5")) expect(values.every((value) => value % 5 === 0)).toBe(true);
});

test("a normal distribution has its mean and deviation", () => {
  const values = runs(config("random", "x: {distribution: normal, mu: 10, sigma: 2}")).map((args) =>
    Number((parse(args) as { x: { value: number } }).x.value),
  );
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  // 1000 values: ten standard errors.
  expect(Math.abs(mean - 10)).toBeLessThan(0.7);
  expect(Math.abs(Math.sqrt(variance) - 2)).toBeLessThan(0.5);
});

test("a weight of 0 is never drawn", () => {
  const found = runs(config("random", "x: {values: [a, b, c], probabilities: [0.5, 0, 0.5]}"));
  expect([...new Set(found)].sort()).toEqual(['{"x":{"value":"a"}}', '{"x":{"value":"c"}}']);
});

test.each([
  [config("bayes", "x: {min: 0, max: 1}"), /"grid" and "random"; "bayes" is neither/],
  [config("grid", "x: {min: 0.0, max: 1.0}"), /parameter x has no values to list/],
  [config("random", "x: {min: 0.0}"), /parameter x needs max, a number/],
  [config("random", "x: 3"), /parameter x must be an object/],
  [config("random", "a: {parameters: {b: {values: []}}}"), /parameter a\.b needs values/],
  [config("random", "x: {distribution: beta, a: 1, b: 1}"), /distribution "beta"/],
  ["method: grid", /needs parameters/],
  ["[1]", /must be an object/],
  ["{", /not YAML/],
])("%j is refused with a word why", (text, message) => {
  expect(() => readPlan(text)).toThrow(message);
});
