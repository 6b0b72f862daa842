import type { AnyColumn } from "@lazyruns/core";

/** A column as doubles, NaN where there is no number; undefined for a column that holds none. */
export function numbersOf(column: AnyColumn): Float64Array | undefined {
  const { length, dtype } = column;
  if (dtype === "float64") {
    const values = new Float64Array(length);
    column.copyValues(values); // NaN stands where there is no value
    return values;
  }
  if (dtype === "int64" || dtype === "datetime") {
    const whole = new BigInt64Array(length);
    column.copyValues(whole);
    return withGaps(Float64Array.from(whole, Number), column);
  }
  if (dtype === "bool") {
    const truths = new Uint8Array(length);
    column.copyValues(truths);
    return withGaps(Float64Array.from(truths), column);
  }
  return dtype === "json" ? numbersIn(column) : undefined;
}

/** The numbers of a column that holds other things too, as when one of many runs logged text under a metric's name. */
function numbersIn(column: AnyColumn): Float64Array | undefined {
  const values = Float64Array.from(column, (value) =>
    typeof value === "number" || typeof value === "bigint" ? Number(value) : Number.NaN,
  );
  return values.some((value) => !Number.isNaN(value)) ? values : undefined;
}

function withGaps(values: Float64Array, column: AnyColumn): Float64Array {
  if (column.nullCount === 0) return values;
  const valid = new Uint8Array(Math.ceil(values.length / 8));
  column.copyValidity(valid);
  for (let row = 0; row < values.length; row++) {
    if ((((valid[row >> 3] as number) >> (row & 7)) & 1) === 0) values[row] = Number.NaN;
  }
  return values;
}
