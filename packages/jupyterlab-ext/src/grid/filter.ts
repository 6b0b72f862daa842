import { numberText } from "@lazyruns/curves";
import type { Cell } from "../data/runs-data.ts";
import type { ColumnKind } from "./column.ts";
import { parseDuration, parseMoment, parseNumber, type Span } from "./filter-values.ts";
import { cellText, tagText, wholeText } from "./format.ts";

/** Whether a value passes. */
export type Test = (value: Cell) => boolean;

/** What of a filter isn't understood, and what it should have been. */
export interface FilterProblem {
  readonly part: string;
  readonly expected: "number" | "moment" | "duration";
}

/** A filter that was read, or why it couldn't be. */
export type ReadFilter = { readonly test: Test } | { readonly problem: FilterProblem };

/**
 * Reads what people write to filter a column by.
 *
 * Of numbers, durations and moments: `> 0.5`, `>= 1`, `< 2`, `<= 3`, `= 4`, `!= 5`, `1..10` (both ends are within; `1..`, `..10`), a bare
 * value as with `=`, and several of these one after another, all of which must hold. `nan`, `inf`, `none` and `any` stand for
 * themselves, nothing, and anything. A number equals what is shown of it as well: `= 0.12346` finds `0.123456789`. Durations
 * have units (`90s`, `1h 30m`; without one they are seconds), moments are days or minutes where the reader is
 * (`2026-11-24`, `2026-11-24 16:19`), and equal all that is within them.
 *
 * Of text: what it contains, in capitals or not; `!text` what it doesn't; `="text"` all of it.
 *
 * @param text - not empty
 * @example
 * ```ts
 * const read = readFilter("> 0.1 <= 0.5", "number");
 * if ("test" in read) read.test(0.3); // true
 * ```
 */
export function readFilter(text: string, kind: ColumnKind): ReadFilter {
  const trimmed = text.trim();
  if (/^(none|null|empty)$/i.test(trimmed)) return { test: (value) => isNothing(value) };
  if (/^any$/i.test(trimmed)) return { test: (value) => !isNothing(value) };
  if (kind === "number" || kind === "moment" || kind === "duration") return readConditions(trimmed, kind);
  return { test: textTest(trimmed, kind) };
}

function isNothing(value: Cell): boolean {
  return value === null || value === undefined;
}

function textTest(text: string, kind: ColumnKind): Test {
  const whole = /^=\s*"(.*)"$/s.exec(text)?.[1];
  if (whole !== undefined) return (value) => textsOf(kind, value).includes(whole);
  const isNot = text.length > 1 && text.startsWith("!");
  const part = (isNot ? text.slice(1) : text).toLowerCase();
  return (value) => textsOf(kind, value).some((one) => one.toLowerCase().includes(part)) !== isNot;
}

/** What of a value is looked at: each tag by itself. */
function textsOf(kind: ColumnKind, value: Cell): string[] {
  if (kind === "tags" && Array.isArray(value)) return value.map(tagText);
  return [kind === "json" ? wholeText(kind, value) : cellText(kind, value, "full")];
}

/** A condition's sign and its value, which ends before the next sign. */
const CONDITION = /\s*(>=|<=|!=|==|[<>=≥≤])?\s*([^<>=!≥≤]+)/gy;

type NumericKind = "number" | "moment" | "duration";

function readConditions(text: string, kind: NumericKind): ReadFilter {
  const tests: Test[] = [];
  let end = 0;
  for (const [all, sign, value] of text.matchAll(CONDITION)) {
    end += all.length;
    const read = readCondition(sign, (value as string).replace(/(\s|,|&|\band\b)+$/i, ""), kind);
    if ("problem" in read) return read;
    tests.push(read.test);
  }
  if (end < text.length || tests.length === 0) return { problem: { part: text.slice(end), expected: kind } };
  return { test: (value) => tests.every((test) => test(value)) };
}

function readCondition(sign: string | undefined, text: string, kind: NumericKind): ReadFilter {
  const ends = text.split("..");
  if (ends.length === 2 && (sign === undefined || sign === "=")) {
    const test = rangeTest(ends as [string, string], kind);
    return test === undefined ? { problem: { part: text, expected: kind } } : { test };
  }
  const span = parse(text, kind);
  if (span === undefined) return { problem: { part: text, expected: kind } };
  return { test: conditionTest(sign, span, text) };
}

/** Either end may be left out, and not both; undefined: one isn't understood. */
function rangeTest(ends: readonly [string, string], kind: NumericKind): Test | undefined {
  const [from, to] = ends.map((end) => (end.trim() === "" ? undefined : parse(end.trim(), kind)));
  const isUnread = (span: Span | undefined, end: string) => span === undefined && end.trim() !== "";
  if (from === undefined && to === undefined) return undefined;
  if (isUnread(from, ends[0]) || isUnread(to, ends[1])) return undefined;
  return numeric(
    (value) => (from === undefined || value >= from.from) && (to === undefined || within(value, to)),
  );
}

function parse(text: string, kind: NumericKind): Span | undefined {
  if (kind === "moment") return parseMoment(text);
  return kind === "duration" ? parseDuration(text) : parseNumber(text);
}

function conditionTest(sign: string | undefined, span: Span, text: string): Test {
  switch (sign) {
    case ">":
      return numeric((value) => !within(value, span));
    case ">=":
    case "≥":
      return numeric((value) => value >= span.from);
    case "<":
      return numeric((value) => value < span.from);
    case "<=":
    case "≤":
      return numeric((value) => within(value, span));
    case "!=":
      return (value) => !equalsSpan(value, span, text);
    default:
      return (value) => equalsSpan(value, span, text);
  }
}

/** Whether a value lies no further than a span's end. */
function within(value: number | bigint, span: Span): boolean {
  return span.isOpen ? value < span.to : value <= span.to;
}

function equalsSpan(value: Cell, span: Span, text: string): boolean {
  if (typeof value !== "number" && typeof value !== "bigint") return false;
  if (Number.isNaN(span.from)) return Number.isNaN(value);
  if (value >= span.from && within(value, span)) return true;
  return !span.isOpen && numberText(value, "short").replaceAll(",", "") === text;
}

function numeric(test: (value: number | bigint) => boolean): Test {
  return (value) =>
    (typeof value === "bigint" || (typeof value === "number" && !Number.isNaN(value))) && test(value);
}
