import type { OutputColumn } from "../../mime.ts";
import { MOST_TEXT_BYTES } from "../limits.ts";
import { outputValues } from "../output-values.ts";
import { wellFormed } from "../plain.ts";
import { fittingText, type ValuesIn } from "../text-room.ts";

/** A column, before it takes the form of an output. */
export interface ColumnIn extends ValuesIn {
  readonly name: string;
}

/** Columns as the JSON has them. Where their texts are too much together, all of them are shorter; that is said by column. */
export function columnsOut(columns: readonly ColumnIn[]): OutputColumn[] {
  const mostText = fittingText(columns, MOST_TEXT_BYTES);
  return columns.map(({ name, values, dtype }) => {
    const { column, shortened } = outputValues(values, dtype, mostText);
    return { name: wellFormed(name), ...(shortened === 0 ? {} : { shortened }), ...column };
  });
}
