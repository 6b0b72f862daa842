import { show } from "../arguments.ts";
import { InvalidArgumentError } from "../errors.ts";
import { TABLE_FIELDS, type TableField } from "../graphql/light-fields.ts";
import type { DType } from "./table/dtype.ts";

/** What of a run can stand in each of its rows: a light field, or a key of its config or summary. */
export type RunColumn = TableField | `config.${string}` | `summary.${string}`;

/** The types of light fields that aren't text. */
const FIELD_TYPES: { readonly [F in TableField]?: DType } = {
  tags: "json",
  user: "json",
  createdAt: "datetime",
  heartbeatAt: "datetime",
  historyLineCount: "int64",
};

/** The type of a column of the run without a value; `undefined` where only values could say. */
export function typeOfColumn(source: RunColumn): DType | undefined {
  return isField(source) ? (FIELD_TYPES[source] ?? "utf8") : undefined;
}

function isField(source: string): source is TableField {
  return Object.hasOwn(TABLE_FIELDS, source);
}

/** A column of the run in histories: its name there, and what of the run it holds. */
export interface ChosenColumn {
  readonly name: string;
  readonly source: RunColumn;
}

/**
 * Checks the columns that are asked for.
 *
 * @param metrics - the metrics that will be columns, as far as they are known
 * @throws InvalidArgumentError naming the column and what is allowed
 */
export function checkRunColumns(columns: unknown, metrics: readonly string[]): readonly ChosenColumn[] {
  if (columns === undefined || columns === null) return [];
  if (!Array.isArray(columns) && !isPlain(columns)) {
    throw new InvalidArgumentError(
      `columns is ${show(columns)}; it must be a list such as ["name", "config.lr"], or an object that gives them ` +
        'names: { lr: "config.lr" }.',
    );
  }
  const chosen = Array.isArray(columns)
    ? columns.map((source, index) => ({ at: `columns[${index}]`, name: source, source }))
    : Object.entries(columns).map(([name, source]) => ({ at: `columns[${show(name)}]`, name, source }));
  for (const { at, name, source } of chosen) {
    if (!isRunColumn(source)) {
      throw new InvalidArgumentError(
        `${at} is ${show(source)}; it must be "config." or "summary." with a key behind it, or ` +
          `${Object.keys(TABLE_FIELDS).map(show).join(", ")}.`,
      );
    }
    if (name === "run_id" || metrics.includes(name)) {
      throw new InvalidArgumentError(
        `${at} would be a second column called ${show(name)}. Give it another name: columns: { "run.${name}": ${show(source)} }.`,
      );
    }
  }
  return chosen.filter(({ name }, index) => chosen.findIndex((other) => other.name === name) === index);
}

function isPlain(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function isRunColumn(source: unknown): source is RunColumn {
  return typeof source === "string" && (isField(source) || /^(config|summary)\../s.test(source));
}
