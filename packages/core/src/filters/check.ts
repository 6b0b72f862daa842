import { show } from "../arguments.ts";
import { InvalidArgumentError } from "../errors.ts";
import { fieldNamed, refuseField } from "./field-names.ts";
import type { FieldType } from "./fields.ts";
import type { Condition, Filters } from "./filters.ts";
import { COMPARISONS, LOGICAL } from "./operators.ts";
import { checkRegex } from "./regex.ts";

/** Marks a condition, so that one of another copy of this library is known too (its ESM and its CommonJS build). */
export const CONDITION: unique symbol = Symbol.for("lazyruns.condition") as never;

const MAX_DEPTH = 50;
/** Filters that share parts can be shallow and still unfold into more than any memory holds. */
const MAX_OBJECTS = 100_000;

/** How much has been looked at. */
interface Progress {
  objects: number;
}

/**
 * Checks filters and gives the plain value that is sent: under the server's names, dates as ISO text, absent members
 * left out, everything else as it is.
 *
 * @throws InvalidArgumentError naming what isn't allowed and where: the real server answers an unknown operator or
 *   field with an error of its database (HTTP 400 or 500), which Python's client then retries.
 */
export function checkFilters(
  filters: Filters | Condition | null | undefined,
): Readonly<Record<string, unknown>> {
  return filters === undefined || filters === null ? {} : checkObject(filters, "filters");
}

/** Checks a field's test: a value that it must equal, or an object of comparisons. */
export function checkField(type: FieldType, value: unknown, at: string): unknown {
  if (!isPlainObject(value)) return checkEqual(type, value, at);
  const checked: Record<string, unknown> = {};
  for (const [operator, operand] of Object.entries(value)) {
    if (operand === undefined) continue;
    if (!COMPARISONS.includes(operator)) {
      const inside = operator.startsWith("$") ? "" : " A key inside a value is part of the field's name.";
      refuseOperator(operator, at, COMPARISONS, inside);
    }
    checked[operator] = checkOperand(type, operator, operand, `${at}[${JSON.stringify(operator)}]`);
  }
  if (Object.keys(checked).length === 0) {
    refuse(at, value, `a value, or an object with one of ${COMPARISONS.join(" ")}`);
  }
  return checked;
}

/** Checks a value that a field must equal. Only logged values can be lists. */
export function checkEqual(type: FieldType, value: unknown, at: string): unknown {
  if (!Array.isArray(value)) return checkScalar(type, value, at);
  if (type !== "value") refuse(at, value, "a single value; for one of several write { $in: [...] }");
  return checkList(value, at, 1, { objects: 0 });
}

/** The same of filters that must be there. */
export function checkObject(
  value: unknown,
  at: string,
  depth = 0,
  progress: Progress = { objects: 0 },
): Record<string, unknown> {
  const plain = isCondition(value) ? value.toJSON() : value;
  if (!isPlainObject(plain)) refuse(at, value, "an object of filters, or a condition made by `where`");
  checkSize(at, depth, progress);
  const checked: Record<string, unknown> = {};
  for (const [key, member] of Object.entries(plain)) {
    if (member === undefined) continue;
    const where = `${at}[${JSON.stringify(key)}]`;
    if (!key.startsWith("$")) {
      const named = fieldNamed(key) ?? refuseField(key, at);
      put(checked, named.wire, checkField(named.field.type, member, where));
    } else if (!LOGICAL.includes(key)) {
      refuseOperator(key, at, COMPARISONS.includes(key) ? LOGICAL : [...LOGICAL, ...COMPARISONS]);
    } else if (!Array.isArray(member)) {
      refuse(where, member, "a list of filters");
    } else {
      const parts = Array.from(member, (part, index) =>
        checkObject(part, `${where}[${index}]`, depth + 1, progress),
      );
      put(checked, key, parts);
    }
  }
  return checked;
}

/** Two spellings of one field must both hold, as two members do. */
function put(checked: Record<string, unknown>, key: string, member: unknown): void {
  if (!Object.hasOwn(checked, key)) {
    checked[key] = member;
    return;
  }
  const all = (checked.$and ?? []) as unknown[];
  checked.$and = [...all, ...(key === "$and" ? (member as unknown[]) : [{ [key]: member }])];
}

function checkOperand(type: FieldType, operator: string, operand: unknown, at: string): unknown {
  switch (operator) {
    case "$eq":
    case "$ne":
      return checkEqual(type, operand, at);
    case "$in":
    case "$nin":
      if (!Array.isArray(operand)) refuse(at, operand, "a list of values");
      return Array.from(operand, (item, index) =>
        isReady(item) && type !== "time" ? item : checkEqual(type, item, `${at}[${index}]`),
      );
    case "$exists":
      if (typeof operand !== "boolean") refuse(at, operand, "true or false");
      return operand;
    case "$regex":
      if (operand instanceof RegExp) return checkScalar(type, operand, at);
      if (typeof operand !== "string") refuse(at, operand, "the text of a regular expression (RE2 syntax)");
      return checkRegex(operand, at);
    default:
      if (operand === null) refuse(at, operand, "a value: nothing is above or below null");
      return checkScalar(type, operand, at);
  }
}

function checkScalar(type: FieldType, value: unknown, at: string): unknown {
  if (value instanceof Date && !Number.isNaN(value.getTime())) return value.toISOString();
  if (value instanceof RegExp) {
    throw new InvalidArgumentError(
      `${at} is a RegExp; write { $regex: ${JSON.stringify(value.source)} } (RE2 syntax).`,
    );
  }
  if (type === "time" && value !== null && !(typeof value === "string" && /^\d{4}/.test(value))) {
    refuse(at, value, 'a date, or a time as ISO text such as "2026-01-31T12:00:00Z"');
  }
  return isReady(value) ? value : refuse(at, value, "text, a finite number, true, false, null or a date");
}

function checkList(list: readonly unknown[], at: string, depth: number, progress: Progress): unknown[] {
  checkSize(at, depth, progress);
  return Array.from(list, (item, index) => {
    if (isReady(item)) return item;
    const where = `${at}[${index}]`;
    return Array.isArray(item)
      ? checkList(item, where, depth + 1, progress)
      : checkScalar("value", item, where);
  });
}

function checkSize(at: string, depth: number, progress: Progress): void {
  if (depth > MAX_DEPTH) {
    const where = at.length > 60 ? `${at.slice(0, 57)}...` : at;
    throw new InvalidArgumentError(`${where} is nested deeper than ${MAX_DEPTH} levels, or contains itself.`);
  }
  if (++progress.objects > MAX_OBJECTS) {
    throw new InvalidArgumentError(`The filters hold more than ${MAX_OBJECTS} filters and lists.`);
  }
}

/** Whether a value is sent as it is. */
function isReady(value: unknown): boolean {
  return typeof value === "number"
    ? Number.isFinite(value)
    : value === null || ["string", "boolean", "bigint"].includes(typeof value);
}

function refuse(at: string, value: unknown, allowed: string): never {
  throw new InvalidArgumentError(`${at} is ${show(value)}; it must be ${allowed}.`);
}

function refuseOperator(operator: string, at: string, allowed: readonly string[], hint = ""): never {
  throw new InvalidArgumentError(
    `${at} has the operator ${operator}; allowed there: ${allowed.join(" ")}.${hint}`,
  );
}

function isCondition(value: unknown): value is Condition {
  return (
    typeof value === "object" &&
    value !== null &&
    CONDITION in value &&
    typeof (value as Partial<Condition>).toJSON === "function"
  );
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
