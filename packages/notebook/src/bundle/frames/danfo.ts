import type { CurveSource } from "../../curves/source.ts";
import { isNumeric, typeOf } from "../output-values.ts";
import { endsOf, type RowsColumn, type RowsQuestion, type RowsView } from "../rows-view.ts";
import { frameSource } from "./frame-source.ts";

/**
 * The parts of a danfo DataFrame that hold its values. Columns are properties of the frame too, and hide what else has
 * their names (`columns`, `shape`); these stay.
 */
interface Frame {
  readonly $isSeries: boolean;
  readonly $columns: readonly string[];
  readonly $dtypes: readonly string[];
  /** By rows. */
  readonly $data: readonly (readonly unknown[])[];
}

export function isDanfoFrame(value: object): boolean {
  const frame = value as Partial<Frame>;
  return (
    frame.$isSeries === false &&
    Array.isArray(frame.$columns) &&
    Array.isArray(frame.$dtypes) &&
    Array.isArray(frame.$data)
  );
}

/** The first and the last rows of a danfo DataFrame. */
export function danfoView(value: object, question: RowsQuestion): RowsView {
  const { $columns: names, $dtypes: types, $data: rows } = value as Frame;
  const { head, tail } = endsOf(rows.length, question.rows);
  const shown = [...rows.slice(0, head), ...(tail === 0 ? [] : rows.slice(-tail))];
  return {
    what: "danfo DataFrame",
    numRows: rows.length,
    numColumns: names.length,
    head,
    tail,
    columns: names.slice(0, question.columns).map((name, at): RowsColumn => {
      const values = shown.map((row) => row[at]);
      const type = types[at] ?? "";
      return { name: String(name), type, dtype: undefined, isNumber: isNumeric(typeOf(values)), values };
    }),
    columnsLeftOut: names.slice(question.columns).map(String),
  };
}

/** What curves are drawn of. */
export function danfoSource(value: object): CurveSource {
  const { $columns: names, $data: rows } = value as Frame;
  return frameSource(names.map(String), (name) => {
    const at = names.findIndex((column) => String(column) === name);
    return { values: rows.map((row) => row[at]), isTime: false };
  });
}
