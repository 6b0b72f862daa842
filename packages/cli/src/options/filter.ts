import type { Filters } from "@lazyruns/core";
import { parse } from "@lazyruns/json";
import { CommandError } from "../command-error.ts";
import { EXIT } from "../exit-codes.ts";
import { fieldOfColumn } from "./column-names.ts";

const OPERATORS = {
  "!=": "$ne",
  "<=": "$lte",
  ">=": "$gte",
  "==": "$eq",
  "=": "$eq",
  "<": "$lt",
  ">": "$gt",
  "~": "$regex",
} as const;
type Operator = keyof typeof OPERATORS;

/** A name up to the first operator; one that holds an operator itself needs the JSON form. */
const CONDITION = /^\s*(.*?)\s*(!=|<=|>=|==|=|<|>|~)\s*(.*?)\s*$/s;
const NUMBER = /^[+-]?(?:(?:0|[1-9]\d*)(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;

/** Fields that hold whatever was logged; numbers and truth values are such there, and text elsewhere. */
const TYPED = /^(?:config|summary|summary_metrics|summaryMetrics|tags|keys_info\.keys)\.|^duration$/;

const HELP = `Write "FIELD OP VALUE", where OP is ${Object.keys(OPERATORS).join(" ")}, or the JSON form, '{"config.lr": {"$lte": 0.01}}'.`;

/**
 * What `--filter` says, given any number of times: all must hold. Each is `FIELD OP VALUE`, or JSON as the Python client
 * takes it. Which fields and operators there are is checked by the library, before anything is sent.
 *
 * @throws CommandError for what is neither
 * @example
 * readFilters(["config.lr<=0.01", "state=finished"]); // { $and: [{ "config.lr": { $lte: 0.01 } }, { state: { $eq: "finished" } }] }
 */
export function readFilters(texts: readonly string[]): Filters | undefined {
  const filters = texts.map(readFilter);
  return filters.length <= 1 ? filters[0] : { $and: filters };
}

function readFilter(text: string): Filters {
  if (isJsonFilter(text)) return readJson(text);
  const [, name = "", operator = "", value = ""] = CONDITION.exec(text) ?? [];
  if (name === "") throw refused(text, HELP);
  if (/^[=<>~!]/.test(value)) {
    throw refused(
      text,
      `The value begins with ${value[0]}, as an operator does: text is put in double quotes. ${HELP}`,
    );
  }
  if (operator === "~" && value === "") throw refused(text, "The regular expression is missing.");
  const field = fieldOfColumn(name);
  const wanted = operator === "~" ? unquoted(value) : scalar(value, field, text);
  return { [field]: { [OPERATORS[operator as Operator]]: wanted } } as Filters;
}

/** Whether a condition is written as the Python client takes it. */
export function isJsonFilter(text: string): boolean {
  return text.trimStart().startsWith("{");
}

function readJson(text: string): Filters {
  try {
    return parse(text) as unknown as Filters;
  } catch (error) {
    throw refused(
      text,
      `It begins as JSON, and isn't: ${error instanceof Error ? error.message : error}. ${HELP}`,
    );
  }
}

function scalar(text: string, field: string, filter: string): unknown {
  if (text === "null") return null;
  if (text === "None") throw refused(filter, 'No value is null; the text None is "None", in double quotes.');
  if (text === "") throw refused(filter, 'The value is missing; empty text is "".');
  const value = TYPED.test(field) && !text.startsWith('"') ? typed(text) : unquoted(text);
  if (field !== "duration" || typeof value === "number") return value;
  throw refused(filter, "A duration is a number of seconds, such as 3600.");
}

/** Numbers and truth values as JSON, Python and people write them; all else is text. */
function typed(text: string): unknown {
  if (/^(?:true|false)$/i.test(text)) return text.toLowerCase() === "true";
  if (!NUMBER.test(text)) return text;
  return parse(
    text
      .replace(/^\+/, "")
      .replace(/^(-?)\./, "$10.")
      .replace(/\.(?!\d)/, ""),
  );
}

/** Text in double quotes as JSON has it; other text as it is. */
function unquoted(text: string): string {
  if (!/^".*"$/s.test(text)) return text;
  try {
    return JSON.parse(text) as string;
  } catch {
    return text;
  }
}

function refused(text: string, why: string): CommandError {
  return new CommandError(`--filter ${JSON.stringify(text)} can't be read. ${why}`, EXIT.usage);
}
