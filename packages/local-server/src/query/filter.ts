import { type Json, parse, stringify } from "@lazyruns/json";
import { RE2JS } from "re2js";
import { isObject } from "../is-object.ts";
import { isEqual, order } from "./compare.ts";
import { QueryError } from "./query-error.ts";
import { type FieldReader, fieldReader, type QueryableRun, TIMES } from "./queryable-run.ts";

/** Whether a run matches. */
export type Predicate = (run: QueryableRun) => boolean;

type Test = (value: Json | undefined) => boolean;

const LOGICAL = ["$and", "$or", "$nor"];
const COMPARISONS = ["$eq", "$ne", "$gt", "$gte", "$lt", "$lte", "$in", "$nin", "$exists", "$regex"];
const FIELDS =
  "createdAt, displayName, duration, group, heartbeatAt, host, jobType, name, notes, state, sweep, tags, updatedAt, " +
  "username, config.KEY, summary_metrics.KEY";
/** The operators whose operands are values, or lists of them. */
const COMPARED = new Set(COMPARISONS.filter((operator) => operator !== "$exists" && operator !== "$regex"));
const MAX_DEPTH = 50;

/**
 * Compiles a filter: the 13 operators and the fields that the Python client documents (`Api.runs`, 0.31).
 *
 * As in MongoDB, a missing field equals null; `$ne` and `$nin` match it; a comparison never does, nor do values of
 * different kinds compare. `$exists` asks whether the field is there, be it null. A comparison with a list, such as
 * `tags`, holds when it does for one of its items. `$regex` has RE2's syntax and linear time. Times compare as
 * moments, however they are written, and match a `$regex` as ISO text in UTC.
 *
 * @throws QueryError naming the operator, field or operand that isn't allowed
 */
export function compileFilter(text: string | null | undefined): Predicate {
  if (text === null || text === undefined || text.trim() === "") return () => true;
  let filter: Json;
  try {
    filter = parse(text);
  } catch (error) {
    throw new QueryError(`filters is not JSON: ${error instanceof Error ? error.message : error}`);
  }
  return filter === null ? () => true : compileObject(filter, 0);
}

/**
 * The run ids to which a filter narrows the search by itself, `undefined` when it doesn't: a listing of chosen runs
 * need not look at the others.
 */
export function namesIn(text: string | null | undefined): string[] | undefined {
  if (!text?.includes('"name"')) return undefined;
  const filter = parse(text);
  const name = isObject(filter) ? filter.name : undefined;
  if (typeof name === "string") return [name];
  const names = isObject(name) ? name.$in : undefined;
  return Array.isArray(names) && names.every((item) => typeof item === "string") ? names : undefined;
}

function compileObject(filter: Json, depth: number): Predicate {
  if (!isObject(filter)) throw new QueryError(`A filter must be an object, not ${show(filter)}`);
  if (depth > MAX_DEPTH) throw new QueryError(`A filter may be nested ${MAX_DEPTH} levels deep`);
  const parts = Object.entries(filter).map(([key, value]) =>
    key.startsWith("$") ? compileLogical(key, value, depth) : compileField(key, value),
  );
  return (run) => parts.every((part) => part(run));
}

function compileLogical(operator: string, value: Json, depth: number): Predicate {
  if (!LOGICAL.includes(operator)) {
    throw new QueryError(`Unknown operator ${operator}; allowed here: ${LOGICAL.join(" ")}, or a field`);
  }
  if (!Array.isArray(value)) throw new QueryError(`${operator} takes a list of filters, not ${show(value)}`);
  const parts = value.map((part) => compileObject(part, depth + 1));
  if (operator === "$and") return (run) => parts.every((part) => part(run));
  const any: Predicate = (run) => parts.some((part) => part(run));
  return operator === "$or" ? any : (run) => !any(run);
}

function compileField(name: string, condition: Json): Predicate {
  const read = fieldReader(name);
  if (read === undefined) throw new QueryError(`Unknown field ${JSON.stringify(name)}; there are: ${FIELDS}`);
  const comparisons: [string, Json][] = isObject(condition)
    ? Object.entries(condition)
    : [["$eq", condition]];
  if (comparisons.length === 0) {
    throw new QueryError(`${name} has an empty object; allowed there: a value, or ${COMPARISONS.join(" ")}`);
  }
  const parts = comparisons.map(([operator, operand]) =>
    TIMES.has(name) && COMPARED.has(operator)
      ? { test: compileTest(operator, momentOperand(name, operand)), value: momentReader(read) }
      : { test: compileTest(operator, operand), value: read },
  );
  return (run) => parts.every(({ test, value }) => test(value(run)));
}

function compileTest(operator: string, operand: Json): Test {
  switch (operator) {
    case "$eq":
      return anyOf((value) => isEqual(value, operand));
    case "$ne":
      return noneOf((value) => isEqual(value, operand));
    case "$in":
    case "$nin": {
      if (!Array.isArray(operand)) throw new QueryError(`${operator} takes a list, not ${show(operand)}`);
      const isIn: Test = (value) => operand.some((item) => isEqual(value, item));
      return operator === "$in" ? anyOf(isIn) : noneOf(isIn);
    }
    case "$gt":
      checkOrdered(operator, operand);
      return anyOf((value) => (order(value, operand) ?? 0) > 0);
    case "$gte":
      checkOrdered(operator, operand);
      return anyOf((value) => (order(value, operand) ?? -1) >= 0);
    case "$lt":
      checkOrdered(operator, operand);
      return anyOf((value) => (order(value, operand) ?? 0) < 0);
    case "$lte":
      checkOrdered(operator, operand);
      return anyOf((value) => (order(value, operand) ?? 1) <= 0);
    case "$exists":
      if (typeof operand !== "boolean")
        throw new QueryError(`$exists takes true or false, not ${show(operand)}`);
      return (value) => (value !== undefined) === operand;
    case "$regex": {
      const pattern = compileRegex(operand);
      return anyOf((value) => typeof value === "string" && pattern.matcher(value).find());
    }
    default:
      throw new QueryError(`Unknown operator ${operator}; allowed here: ${COMPARISONS.join(" ")}`);
  }
}

function compileRegex(operand: Json): RE2JS {
  if (typeof operand !== "string") throw new QueryError(`$regex takes text, not ${show(operand)}`);
  try {
    return RE2JS.compile(operand);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new QueryError(`$regex ${JSON.stringify(operand)} is not an RE2 expression: ${why}`);
  }
}

/** A list matches when it does as a whole, or when one of its items does. */
function anyOf(test: Test): Test {
  return (value) => test(value) || (Array.isArray(value) && value.some((item) => test(item)));
}

function noneOf(test: Test): Test {
  const any = anyOf(test);
  return (value) => !any(value);
}

function checkOrdered(operator: string, operand: Json): void {
  if (operand === null || typeof operand === "object") {
    throw new QueryError(`${operator} takes a number, text, true or false, not ${show(operand)}`);
  }
}

function momentReader(read: FieldReader): FieldReader {
  return (run) => moment(read(run) ?? null);
}

function momentOperand(field: string, operand: Json): Json {
  if (operand === null) return null;
  if (Array.isArray(operand)) return operand.map((item) => momentOperand(field, item));
  const at = moment(operand);
  if (at === null)
    throw new QueryError(`${field} is compared with times in ISO 8601, not with ${show(operand)}`);
  return at;
}

/** Milliseconds since 1970 of a time in ISO 8601, null for anything else; one without a zone is UTC, as W&B's are. */
function moment(value: Json): number | null {
  const parts = typeof value === "string" ? ISO.exec(value) : null;
  if (parts === null) return null;
  const [, date, time, zone = "Z"] = parts;
  const at = Date.parse(time === undefined ? `${date}` : `${date}T${time}${zone.toUpperCase()}`);
  return Number.isNaN(at) ? null : at;
}

const ISO = /^(\d{4}-\d\d(?:-\d\d)?)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|[+-]\d\d:?\d\d)?)?$/i;

function show(value: Json): string {
  return stringify(value).slice(0, 80);
}
