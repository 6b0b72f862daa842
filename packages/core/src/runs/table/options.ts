import { checkWord, show } from "../../arguments.ts";
import { InvalidArgumentError } from "../../errors.ts";
import { TABLE_FIELDS, type TableField } from "../../graphql/light-fields.ts";
import type { OptionsOf } from "../../history/formats.ts";
import type { WorkOptions } from "../../progress.ts";
import type { TableFormat } from "./formats.ts";

/** The keys of a config or a summary that a table takes; undefined for all, or for none when others are named. */
export type TableKeys = readonly string[] | undefined;

/** What a table of runs holds. With neither `config` nor `summary`, every key of both. */
export interface TableOptions<
  C extends TableKeys = TableKeys,
  S extends TableKeys = TableKeys,
  F extends readonly TableField[] = readonly TableField[],
> extends WorkOptions {
  /**
   * The keys of the config to take, as the columns `config.KEY`. A dotted key reaches into nested values; a key that
   * itself holds the dots goes first.
   */
  readonly config?: C;
  /** The keys of the summary to take, as the columns `summary.KEY`; dotted keys as in `config`. */
  readonly summary?: S;
  /** Light fields of the run, as columns of their own name. Default `["name", "state"]`. `run_id` is always there. */
  readonly fields?: F;
}

/** What a table of runs holds, and the form it comes in. */
export type FormattedTableOptions<
  C extends TableKeys = TableKeys,
  S extends TableKeys = TableKeys,
  F extends readonly TableField[] = readonly TableField[],
  Name extends TableFormat = "default",
> = TableOptions<C, S, F> & {
  /**
   * `"default"` gives records, `"table"` a `RunTable` of columns; `@lazyruns/dataframes` adds `"polars"`, `"danfo"` and
   * `"arrow"`, with options of their own. Default `"default"`.
   */
  readonly format?: Name | undefined;
} & OptionsOf<Name>;

/** A checked question for a table. */
export interface TableQuestion {
  readonly fields: readonly TableField[];
  /** Absent: every key of config and summary. */
  readonly keys: { readonly config: readonly string[]; readonly summary: readonly string[] } | undefined;
}

const USUAL_FIELDS: readonly TableField[] = ["name", "state"];

/** @throws InvalidArgumentError naming the option, its value and what is allowed. */
export function checkTableOptions(options: TableOptions): TableQuestion {
  const { config, summary } = options;
  const isKeyed = (config ?? undefined) !== undefined || (summary ?? undefined) !== undefined;
  return {
    fields: checkFields(options.fields),
    keys: isKeyed
      ? { config: checkKeys("config", config), summary: checkKeys("summary", summary) }
      : undefined,
  };
}

function checkKeys(what: string, keys: unknown): string[] {
  if (keys === undefined || keys === null) return [];
  if (!Array.isArray(keys)) {
    throw new InvalidArgumentError(`${what} is ${show(keys)}; it must be a list of keys, such as ["lr"].`);
  }
  for (const [index, key] of keys.entries()) {
    if (typeof key === "string" && key !== "") continue;
    throw new InvalidArgumentError(`${what}[${index}] is ${show(key)}; it must be the name of a key.`);
  }
  return [...new Set<string>(keys)];
}

function checkFields(fields: unknown): readonly TableField[] {
  if (fields === undefined || fields === null) return USUAL_FIELDS;
  if (!Array.isArray(fields)) {
    throw new InvalidArgumentError(
      `fields is ${show(fields)}; it must be a list of fields of a run, such as ["name"].`,
    );
  }
  for (const [index, field] of fields.entries()) {
    checkWord(`fields[${index}]`, field ?? null, Object.keys(TABLE_FIELDS));
  }
  return [...new Set<TableField>(fields)];
}
