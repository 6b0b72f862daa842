import type { OutputColumn, OutputType } from "../../mime.ts";
import { outputValues } from "../output-values.ts";
import { wellFormed } from "../plain.ts";

/** A column, before it takes the form of an output. */
export interface ColumnIn {
  readonly name: string;
  readonly values: readonly unknown[];
  /** Undefined: by its values. */
  readonly dtype: OutputType | undefined;
}

/** Columns as the JSON has them. */
export function columnsOut(columns: readonly ColumnIn[]): OutputColumn[] {
  return columns.map(({ name, values, dtype }) => {
    const { column, shortened } = outputValues(values, dtype);
    return { name: wellFormed(name), ...(shortened === 0 ? {} : { shortened }), ...column };
  });
}
