import type { PythonRow } from "./ask-python.ts";
import { isList, isMap, type Value } from "./values.ts";

/** What a column holds, in core's words. */
export type Kind = "int64" | "float64" | "bool" | "utf8" | "json" | "null";

export interface ExpectedColumn {
  readonly kind: Kind;
  /** Null where the row has None and where it has nothing. */
  readonly cells: readonly Value[];
}

/**
 * The columns that rows should make, by the rules that are promised: whole numbers that meet others become doubles, and
 * what has no type in common becomes JSON.
 *
 * @param isSampled - the rows came with keys: numbers that aren't finite are words then, on the wire and in Python
 */
export function expectedOf(rows: readonly PythonRow[], isSampled: boolean): Map<string, ExpectedColumn> {
  const names = new Set(rows.flatMap((row) => [...row.keys()]));
  names.delete("run_id");
  const columns = ["run_id", ...[...names].sort()].map((name): [string, ExpectedColumn] => {
    const cells = rows.map((row) => {
      const value = row.get(name) ?? null;
      return isSampled && typeof value === "string" ? (WORDS.get(value) ?? value) : value;
    });
    return [name, toColumn(cells)];
  });
  return new Map(columns);
}

/** No metric of the projects here is such a word itself. */
const WORDS = new Map([
  ["NaN", Number.NaN],
  ["Infinity", Number.POSITIVE_INFINITY],
  ["-Infinity", Number.NEGATIVE_INFINITY],
]);

function toColumn(cells: readonly Value[]): ExpectedColumn {
  const kinds = new Set(cells.filter((cell) => cell !== null).map(kindOf));
  const [only = "null"] = kinds;
  if (kinds.size <= 1) return { kind: only, cells };
  if (![...kinds].every((kind) => kind === "int64" || kind === "float64")) return { kind: "json", cells };
  return {
    kind: "float64",
    cells: cells.map((cell) => (typeof cell === "bigint" ? Number(cell) : cell)),
  };
}

function kindOf(value: Value): Kind {
  if (typeof value === "bigint") return BigInt.asIntN(64, value) === value ? "int64" : "float64";
  if (typeof value === "number") return "float64";
  if (typeof value === "boolean") return "bool";
  return isList(value) || isMap(value) ? "json" : "utf8";
}
