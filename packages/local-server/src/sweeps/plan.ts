import { parse } from "yaml";
import { QueryError } from "../query/index.ts";
import { type Dictionary, isDictionary, type Parameter, readParameters, type Value } from "./parameter.ts";

/** What a sweep's config asks for. */
export interface SweepPlan {
  /** The script that a command-line agent runs. */
  readonly program: string | null;
  /** The arguments of the run with this number, `{"lr":{"value":0.1}}`; nothing when all runs were handed out. */
  args(number: number): string | undefined;
}

/**
 * Reads a sweep's config.
 *
 * @throws QueryError when it can't be carried out here; the message says why
 */
export function readPlan(text: string): SweepPlan {
  const config = readConfig(text);
  const { method, program, run_cap: cap } = config;
  const parameters = readParameters(config.parameters);
  const limit = typeof cap === "bigint" || typeof cap === "number" ? Number(cap) : Number.POSITIVE_INFINITY;
  const values = valuesOf(method, parameters);
  return {
    program: typeof program === "string" ? program : null,
    args: (number) => {
      const chosen = number < limit ? values(number) : undefined;
      return chosen && argumentsText(parameters, chosen);
    },
  };
}

function readConfig(text: string): Dictionary {
  let config: Value;
  try {
    config = parse(text, { intAsBigInt: true, logLevel: "error" });
  } catch (error) {
    throw new QueryError(`The sweep's config is not YAML: ${error instanceof Error ? error.message : error}`);
  }
  if (!isDictionary(config)) throw new QueryError("The sweep's config must be an object");
  return config;
}

/** The values of all parameters for the run with a number. */
function valuesOf(
  method: Value | undefined,
  parameters: readonly Parameter[],
): (number: number) => Value[] | undefined {
  if (method === "random") return () => parameters.map((parameter) => parameter.sample(Math.random));
  if (method === "grid") {
    const axes = parameters.map(({ path, choices }) => {
      if (choices !== undefined) return choices;
      throw new QueryError(
        `The sweep's parameter ${path.join(".")} has no values to list: a grid needs them`,
      );
    });
    return (number) => gridPoint(axes, number);
  }
  throw new QueryError(
    `This server runs sweeps with the methods "grid" and "random"; ${JSON.stringify(method ?? null)} is neither. Runs that name the sweep themselves are taken.`,
  );
}

/** The point of a grid with a number: the last parameter changes with each. */
function gridPoint(axes: readonly NonNullable<Parameter["choices"]>[], number: number): Value[] | undefined {
  const point: Value[] = [];
  let rest = number;
  for (const { count, at } of [...axes].reverse()) {
    if (count === 0) return undefined;
    point.unshift(at(rest % count));
    rest = Math.floor(rest / count);
  }
  return rest === 0 ? point : undefined;
}

/** JSON in which each top name has its value, nested parameters as objects. */
function argumentsText(parameters: readonly Parameter[], values: readonly Value[]): string {
  const args: Record<string, Value> = {};
  for (const [index, { path }] of parameters.entries()) {
    const [name = "", ...below] = path;
    setAt(args, [name, "value", ...below], values[index] ?? null);
  }
  return pythonJson(args);
}

function setAt(target: Record<string, Value>, [name = "", ...below]: readonly string[], value: Value): void {
  if (below.length === 0) {
    target[name] = value;
    return;
  }
  const inside = { ...(isDictionary(target[name]) ? target[name] : {}) };
  setAt(inside, below, value);
  target[name] = inside;
}

/** JSON as Python reads it: `1.0` is no whole number there. */
function pythonJson(value: Value): string {
  if (typeof value === "bigint") return String(value);
  if (typeof value === "number") return Number.isInteger(value) ? value.toFixed(1) : String(value);
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(pythonJson).join(",")}]`;
  const parts = Object.entries(value).map(([key, member]) => `${JSON.stringify(key)}:${pythonJson(member)}`);
  return `{${parts.join(",")}}`;
}
