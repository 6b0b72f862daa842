import { QueryError } from "../query/index.ts";

/** A value of a sweep's config; a whole number is a `bigint`, so that `1` and `1.0` stay apart, as Python has them. */
export type Value =
  | null
  | boolean
  | number
  | bigint
  | string
  | readonly Value[]
  | { readonly [key: string]: Value };

export type Dictionary = { readonly [key: string]: Value };

/** A parameter of a sweep. */
export interface Parameter {
  /** Its name, behind the names of the parameters that it lies in. */
  readonly path: readonly string[];
  /** All it can be, where that can be listed: whole numbers from `first` on, or values. */
  readonly choices?: { readonly count: number; at(index: number): Value };
  /** One value at random; `random` gives numbers from 0 up to 1, without 1. */
  sample(random: () => number): Value;
}

export function isDictionary(value: Value | undefined): value is Dictionary {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Reads the `parameters` of a sweep's config, nested ones too.
 *
 * @throws QueryError that names the parameter, for one that isn't understood
 */
export function readParameters(parameters: Value | undefined, above: readonly string[] = []): Parameter[] {
  if (!isDictionary(parameters) || Object.keys(parameters).length === 0)
    throw new QueryError(`${above.join(".") || "The sweep"} needs parameters: an object of at least one`);
  return Object.entries(parameters).flatMap(([name, spec]) => {
    const path = [...above, name];
    if (!isDictionary(spec)) throw wrong(path, "must be an object, such as {values: [1, 2]}");
    return "parameters" in spec
      ? readParameters(spec.parameters, path)
      : [{ path, ...readDomain(path, spec) }];
  });
}

type Domain = Omit<Parameter, "path">;

function readDomain(path: readonly string[], spec: Dictionary): Domain {
  if ("value" in spec) return oneOf([spec.value ?? null]);
  if ("values" in spec) {
    const { values, probabilities } = spec;
    if (!Array.isArray(values) || values.length === 0)
      throw wrong(path, "needs values: a list of at least one");
    if (probabilities === undefined || probabilities === null) return oneOf(values);
    const isEach = Array.isArray(probabilities) && probabilities.length === values.length;
    if (!isEach) throw wrong(path, "needs a probability for each of its values");
    return oneOf(values, probabilities.map(Number));
  }
  const { min, max } = spec;
  const isWhole = typeof min === "bigint" && typeof max === "bigint";
  const distribution = spec.distribution ?? (isWhole ? "int_uniform" : "uniform");
  const number = (name: string, otherwise?: number): number => {
    const value = spec[name] ?? otherwise;
    if (typeof value === "number" || typeof value === "bigint") return Number(value);
    throw wrong(path, `needs ${name}, a number, for the distribution ${distribution}`);
  };
  if (distribution === "int_uniform") return wholeNumbers(number("min"), number("max"));
  const draw = DISTRIBUTIONS[String(distribution).replace(/^q_/, "")];
  if (draw === undefined)
    throw wrong(path, `has the distribution ${JSON.stringify(distribution)}, which this server doesn't know`);
  // What is missing is told now, not to the agent that asks for a run.
  draw(number, () => 0.5);
  const step = String(distribution).startsWith("q_") ? number("q", 1) : undefined;
  const rounded = (value: number) => (step === undefined ? value : Math.round(value / step) * step);
  return { sample: (random) => rounded(draw(number, random)) };
}

/** How each distribution is drawn from, under the names that W&B's sweeps have for them. */
const DISTRIBUTIONS: Readonly<
  Record<string, (number: (name: string, otherwise?: number) => number, random: () => number) => number>
> = {
  uniform: (number, random) => between(number("min"), number("max"), random),
  log_uniform: (number, random) => Math.exp(between(number("min"), number("max"), random)),
  log_uniform_values: (number, random) =>
    Math.exp(between(Math.log(number("min")), Math.log(number("max")), random)),
  inv_log_uniform: (number, random) => 1 / Math.exp(between(number("min"), number("max"), random)),
  inv_log_uniform_values: (number, random) => {
    const [min, max] = [number("min"), number("max")];
    return 1 / Math.exp(between(Math.log(1 / max), Math.log(1 / min), random));
  },
  normal: (number, random) => normal(number("mu", 0), number("sigma", 1), random),
  log_normal: (number, random) => Math.exp(normal(number("mu", 0), number("sigma", 1), random)),
};

function between(min: number, max: number, random: () => number): number {
  return min + (max - min) * random();
}

/** Box and Muller's way to a normal distribution. */
function normal(mu: number, sigma: number, random: () => number): number {
  return mu + sigma * Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

function wholeNumbers(min: number, max: number): Domain {
  const count = Math.max(0, max - min + 1);
  const at = (index: number) => BigInt(min + index);
  return { choices: { count, at }, sample: (random) => at(Math.floor(random() * count)) };
}

function oneOf(values: readonly Value[], weights: readonly number[] = values.map(() => 1)): Domain {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return {
    choices: { count: values.length, at: (index) => values[index] ?? null },
    sample: (random) => {
      let left = random() * total;
      const index = weights.findIndex((weight) => {
        left -= weight;
        return left < 0;
      });
      return values.at(index) ?? null;
    },
  };
}

function wrong(path: readonly string[], why: string): QueryError {
  return new QueryError(`The sweep's parameter ${path.join(".")} ${why}`);
}
