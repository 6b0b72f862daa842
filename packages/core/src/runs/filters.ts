import { show } from "../arguments.ts";
import { InvalidArgumentError } from "../errors.ts";

/** A value that a run's field can be compared with. */
export type FilterValue = string | number | bigint | boolean | null | Date;

/** The comparisons the server documents. Several in one object must all hold. */
export interface FilterOperators {
  readonly $eq?: FilterValue;
  readonly $ne?: FilterValue;
  readonly $gt?: FilterValue;
  readonly $gte?: FilterValue;
  readonly $lt?: FilterValue;
  readonly $lte?: FilterValue;
  readonly $in?: readonly FilterValue[];
  readonly $nin?: readonly FilterValue[];
  readonly $exists?: boolean;
  /** RE2 syntax, found anywhere in the text. */
  readonly $regex?: string;
}

/**
 * Which runs to take, in the MongoDB-like form that the server and the Python client share, so that filters can be
 * copied over from Python.
 *
 * Fields: `createdAt`, `displayName`, `duration`, `group`, `host`, `jobType`, `name` (the run's id, as on the server),
 * `state`, `tags`, `username`, `sweep`, `config.KEY`, `summary_metrics.KEY`.
 *
 * @example
 * { state: "finished", "config.lr": { $lte: 0.01 }, $or: [{ tags: "best" }, { "summary_metrics.acc": { $gt: 0.9 } }] }
 */
export interface Filters {
  readonly $and?: readonly Filters[];
  readonly $or?: readonly Filters[];
  readonly $nor?: readonly Filters[];
  readonly [field: string]: FilterValue | FilterOperators | readonly Filters[] | undefined;
}

const LOGICAL = ["$and", "$or", "$nor"];
const COMPARISONS = ["$eq", "$ne", "$gt", "$gte", "$lt", "$lte", "$in", "$nin", "$exists", "$regex"];
const MAX_DEPTH = 50;

/**
 * Checks filters and gives the plain value that is sent: dates as ISO text, absent members left out.
 *
 * @throws InvalidArgumentError naming what isn't allowed and where: the real server answers an unknown operator
 *   with HTTP 500.
 */
export function checkFilters(filters: Filters | null | undefined): Readonly<Record<string, unknown>> {
  return filters === undefined || filters === null ? {} : checkObject(filters, "filters", 0);
}

function checkObject(value: unknown, at: string, depth: number): Record<string, unknown> {
  if (!isPlainObject(value)) refuse(at, value, "an object");
  if (depth > MAX_DEPTH) throw new InvalidArgumentError(`${at} is nested deeper than ${MAX_DEPTH} levels.`);
  const checked: Record<string, unknown> = Object.create(null);
  for (const [key, member] of Object.entries(value)) {
    if (member === undefined) continue;
    const where = `${at}[${JSON.stringify(key)}]`;
    if (!key.startsWith("$")) checked[key] = checkField(member, where);
    else if (!LOGICAL.includes(key))
      refuseOperator(key, at, COMPARISONS.includes(key) ? LOGICAL : [...LOGICAL, ...COMPARISONS]);
    else if (!Array.isArray(member)) refuse(where, member, "a list of filters");
    else checked[key] = member.map((item, index) => checkObject(item, `${where}[${index}]`, depth + 1));
  }
  return checked;
}

function checkField(value: unknown, at: string): unknown {
  if (!isPlainObject(value)) return checkValue(value, at);
  const checked: Record<string, unknown> = {};
  for (const [operator, operand] of Object.entries(value)) {
    if (operand === undefined) continue;
    if (!COMPARISONS.includes(operator)) refuseOperator(operator, at, COMPARISONS);
    checked[operator] = checkOperand(operator, operand, `${at}[${JSON.stringify(operator)}]`);
  }
  if (Object.keys(checked).length === 0)
    refuse(at, value, `a value, or an object with one of ${COMPARISONS.join(" ")}`);
  return checked;
}

function checkOperand(operator: string, operand: unknown, at: string): unknown {
  switch (operator) {
    case "$in":
    case "$nin":
      if (!Array.isArray(operand)) refuse(at, operand, "a list of values");
      return operand.map((item, index) => checkValue(item, `${at}[${index}]`));
    case "$exists":
      if (typeof operand !== "boolean") refuse(at, operand, "true or false");
      return operand;
    case "$regex":
      if (typeof operand !== "string") refuse(at, operand, "the text of a regular expression (RE2 syntax)");
      return operand;
    default:
      return checkValue(operand, at);
  }
}

function checkValue(value: unknown, at: string): unknown {
  if (value === null || ["string", "boolean", "bigint"].includes(typeof value)) return value;
  if (typeof value === "number" && Number.isFinite(value)) return value;
  if (value instanceof Date && !Number.isNaN(value.getTime())) return value.toISOString();
  if (value instanceof RegExp) {
    throw new InvalidArgumentError(
      `${at} is a RegExp; write { $regex: ${JSON.stringify(value.source)} } (RE2 syntax).`,
    );
  }
  return refuse(at, value, "text, a finite number, true, false, null or a date");
}

function refuse(at: string, value: unknown, allowed: string): never {
  const found = typeof value === "number" ? String(value) : show(value);
  throw new InvalidArgumentError(`${at} is ${found}; it must be ${allowed}.`);
}

function refuseOperator(operator: string, at: string, allowed: readonly string[]): never {
  throw new InvalidArgumentError(`${at} has the operator ${operator}; allowed there: ${allowed.join(" ")}.`);
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
