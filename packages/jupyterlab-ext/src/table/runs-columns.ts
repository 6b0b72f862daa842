import type { TranslationBundle } from "@jupyterlab/translation";
import { fieldName } from "../data/field-name.ts";
import type { RunsColumn } from "../data/runs-data.ts";
import type { ColumnKind, GridColumn } from "../grid/column.ts";
import { kindOf } from "./kinds.ts";

/** The key of the column of names. */
export const NAME = "field:name";

/**
 * A table's columns of runs, in the order of the settings, or else of the output.
 *
 * @param wanted - the columns that are on at first, as the settings name them: `state`, `config.lr`, `summary.loss`, and the
 *   runs' names before them, whatever they say; empty, or none of them there: those that the output has on
 */
export function runsColumns(
  columns: readonly RunsColumn[],
  wanted: readonly string[],
  trans: TranslationBundle,
): GridColumn[] {
  const names = new Map<string, number>();
  for (const { name } of columns) names.set(name, (names.get(name) ?? 0) + 1);
  const places = new Map(wanted.map((name, index) => [name, index]));
  const placeOf = (column: RunsColumn) =>
    namesOf(column)
      .map((name) => places.get(name))
      .find((at) => at !== undefined);
  const areWanted = columns.some((column) => placeOf(column) !== undefined);
  // Without its name and color a row can't be told from the next, or found among the curves.
  const rank = (column: RunsColumn) => (column.key === NAME ? -1 : (placeOf(column) ?? wanted.length));
  const sorted = areWanted ? [...columns].sort((a, b) => rank(a) - rank(b)) : columns;
  return sorted.map((column) => ({
    key: column.key,
    name: column.kind === "field" ? fieldName(column.name, trans) : column.name,
    origin: originOf(column, trans),
    isNameShared: (names.get(column.name) ?? 0) > 1,
    kind: kindOfColumn(column),
    values: column.values,
    isShown: areWanted ? rank(column) < wanted.length : column.isShown,
    canBeAlike: column.kind !== "field",
  }));
}

/** What settings call a column. */
function namesOf({ kind, name }: RunsColumn): string[] {
  return kind === "field" || kind === "other" ? [name] : [`${kind}.${name}`];
}

function originOf({ kind }: RunsColumn, trans: TranslationBundle): string {
  if (kind === "config") return trans.__("config");
  return kind === "summary" ? trans.__("summary") : "";
}

function kindOfColumn({ kind, name, dtype }: RunsColumn): ColumnKind {
  if (kind === "field" && dtype !== "null") {
    if (name === "state" && dtype === "utf8") return "state";
    if (name === "tags") return "tags";
    if (name === "runtime" && kindOf(dtype) === "number") return "duration";
  }
  return kindOf(dtype);
}
