import { show } from "../arguments.ts";
import { InvalidArgumentError } from "../errors.ts";
import { TABLE_FIELDS, type TableField } from "../graphql/light-fields.ts";

/** What of a run can stand in each of its rows: a light field, or a key of its config or summary. */
export type RunColumn = TableField | `config.${string}` | `summary.${string}`;

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
    ? [...new Set(columns)].map((source, index) => ({ at: `columns[${index}]`, name: source, source }))
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
  return chosen;
}

function isPlain(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function isRunColumn(source: unknown): source is RunColumn {
  return (
    typeof source === "string" &&
    (Object.hasOwn(TABLE_FIELDS, source) || /^(config|summary)\../s.test(source))
  );
}
