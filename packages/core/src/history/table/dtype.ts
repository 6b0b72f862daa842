/**
 * What a column's values are: whole numbers (exact, 64 bits), doubles, truth values, text, the JSON text of nested or
 * mixed values, moments (of a run's own fields alone: metrics have none), or nothing but nulls.
 */
export type DType = "int64" | "float64" | "bool" | "utf8" | "json" | "datetime" | "null";

/**
 * The type that holds the values of both: whole numbers that meet doubles become doubles, and what has no type in
 * common (a number and a text, a truth value and a number) becomes JSON text.
 */
export function unite(a: DType, b: DType): DType {
  if (a === b || b === "null") return a;
  if (a === "null") return b;
  return isNumeric(a) && isNumeric(b) ? "float64" : "json";
}

function isNumeric(dtype: DType): boolean {
  return dtype === "int64" || dtype === "float64";
}
