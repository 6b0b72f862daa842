import type { DType } from "@lazyruns/core";

/** A column by the name under which it was logged. */
export interface Field {
  readonly source: string;
  readonly dtype: DType;
}

/** A column of a Parquet file of the dataset. */
export interface StoredColumn extends Field {
  /** Its name in the file: another than `source` where engines couldn't tell that from a name before it. */
  readonly name: string;
}

/** The column that says what run a row is of. */
export const RUN_ID: StoredColumn = { name: "run_id", source: "run_id", dtype: "utf8" };

/** The type that holds the values of both. */
export function uniteTypes(a: DType, b: DType): DType {
  if (a === b || b === "null") return a;
  if (a === "null") return b;
  const isNumeric = (dtype: DType) => dtype === "int64" || dtype === "float64";
  return isNumeric(a) && isNumeric(b) ? "float64" : "json";
}

/** The columns of all, each of a type that holds the values of all, sorted by their names. */
export function uniteFields(...schemas: readonly (readonly Field[])[]): Field[] {
  const types = new Map<string, DType>();
  for (const { source, dtype } of schemas.flat()) {
    types.set(source, uniteTypes(types.get(source) ?? "null", dtype));
  }
  return [...types].sort(([a], [b]) => (a < b ? -1 : 1)).map(([source, dtype]) => ({ source, dtype }));
}

/** Whether two lists of columns are the same in order, names and types. */
export function sameColumns(a: readonly StoredColumn[], b: readonly StoredColumn[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ name, source, dtype }, index) => {
      const other = b[index] as StoredColumn;
      return name === other.name && source === other.source && dtype === other.dtype;
    })
  );
}

/**
 * Names for columns that engines can tell apart: Spark and DuckDB don't heed case. Of names that differ by case alone, the
 * first keeps its own, and the others get `_2`, `_3` and so on; half a surrogate pair, which Parquet can't hold, becomes
 * U+FFFD.
 *
 * @param taken - columns that stand before these
 * @param before - names that were given earlier, and stay
 */
export function nameColumns(
  fields: readonly Field[],
  taken: readonly StoredColumn[] = [RUN_ID],
  before: readonly StoredColumn[] = [],
): StoredColumn[] {
  const used = new Set(taken.map(({ name }) => folded(name)));
  const names = new Map<string, string>();
  const kept = new Map(before.map(({ source, name }) => [source, name]));
  const give = (source: string, name: string) => {
    names.set(source, name);
    used.add(folded(name));
  };
  for (const { source } of fields) {
    const name = kept.get(source);
    if (name !== undefined && !used.has(folded(name))) give(source, name);
  }
  for (const { source } of fields) {
    if (names.has(source)) continue;
    const plain = wellFormed(source);
    let name = plain;
    for (let number = 2; used.has(folded(name)); number++) name = `${plain}_${number}`;
    give(source, name);
  }
  return fields.map(({ source, dtype }) => ({ name: names.get(source) as string, source, dtype }));
}

function folded(name: string): string {
  return name.toLowerCase();
}

function wellFormed(text: string): string {
  return Buffer.from(text, "utf8").toString("utf8");
}
