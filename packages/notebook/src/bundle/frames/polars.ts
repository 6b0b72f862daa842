import type { CurveSource } from "../../curves/source.ts";
import type { OutputType } from "../../mime.ts";
import { endsOf, type RowsColumn, type RowsQuestion, type RowsView } from "../rows-view.ts";
import { frameSource } from "./frame-source.ts";

/**
 * A polars DataFrame is a proxy that looks for any name among its columns first: a column called `head` hides the
 * method. So nothing but its columns is read of a frame, and all else of those: they are no proxies.
 */
interface Series {
  readonly length: number;
  readonly dtype: { readonly variant?: unknown; toString(): string };
  head(rows: number): Series;
  tail(rows: number): Series;
  toArray(): unknown[];
  alias(name: string): Series;
  toFrame(): { writeJSON(options: { format: "lines" }): { toString(): string } };
}

export function isPolarsFrame(value: object): boolean {
  return Reflect.get(value, Symbol.toStringTag) === "DataFrame" && Symbol.for("Jupyter.display") in value;
}

/** The first and the last rows of a polars DataFrame. The methods that it has for this take milliseconds a row. */
export function polarsView(frame: object, question: RowsQuestion): RowsView {
  const names = columnNames(frame);
  const numRows = names.length === 0 ? 0 : seriesOf(frame, names[0] as string).length;
  const { head, tail } = endsOf(numRows, question.rows);
  return {
    what: "polars DataFrame",
    numRows,
    numColumns: names.length,
    head,
    tail,
    columns: names.slice(0, question.columns).map((name): RowsColumn => {
      const series = seriesOf(frame, name);
      const variant = variantOf(series);
      const values = [...valuesOf(series.head(head)), ...(tail === 0 ? [] : valuesOf(series.tail(tail)))];
      return { name, type: typeLabel(series), dtype: DTYPES[variant], isNumber: isNumber(variant), values };
    }),
    columnsLeftOut: names.slice(question.columns),
  };
}

/** What curves are drawn of. */
export function polarsSource(frame: object): CurveSource {
  const names = columnNames(frame);
  return frameSource(names, (name) => {
    const series = seriesOf(frame, name);
    const variant = variantOf(series);
    return { values: valuesOf(series), isTime: variant === "Datetime" || variant === "Date" };
  });
}

function columnNames(frame: object): string[] {
  return Reflect.ownKeys(frame).filter((key): key is string => typeof key === "string");
}

function seriesOf(frame: object, name: string): Series {
  return Reflect.get(frame, name) as Series;
}

function variantOf({ dtype }: Series): string {
  return typeof dtype.variant === "string" ? dtype.variant : "";
}

/** The values, as they are in JavaScript. Whole numbers beyond 2^53, and types that JavaScript hasn't, are exact text. */
function valuesOf(series: Series): unknown[] {
  let values: unknown[];
  try {
    values = series.toArray();
  } catch {
    return jsonValues(series);
  }
  const isRounded = values.some(
    (value) => typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value),
  );
  return isRounded && /^U?Int64$/.test(variantOf(series)) ? wholeNumbers(series) : values;
}

/** One JSON text a row: `{"v":1}`. */
function jsonLines(series: Series): string[] {
  const text = series.alias("v").toFrame().writeJSON({ format: "lines" }).toString();
  return text.split("\n").filter((line) => line !== "");
}

function jsonValues(series: Series): unknown[] {
  return jsonLines(series).map((line) => (JSON.parse(line) as { v: unknown }).v);
}

function wholeNumbers(series: Series): (bigint | null)[] {
  return jsonLines(series).map((line) => {
    const digits = /-?\d+/.exec(line)?.[0];
    return digits === undefined ? null : BigInt(digits);
  });
}

/** Types whose values are surely those of one of ours. */
const DTYPES: Readonly<Record<string, OutputType>> = {
  Int8: "int64",
  Int16: "int64",
  Int32: "int64",
  Int64: "int64",
  UInt8: "int64",
  UInt16: "int64",
  UInt32: "int64",
  UInt64: "int64",
  Float32: "float64",
  Float64: "float64",
  Bool: "bool",
  String: "utf8",
  Utf8: "utf8",
  Categorical: "utf8",
  Datetime: "datetime",
  Date: "datetime",
};

function isNumber(variant: string): boolean {
  return /^(U?Int|Float|Decimal)\d*/.test(variant);
}

/** Short, as polars itself prints them. */
function typeLabel(series: Series): string {
  const variant = variantOf(series);
  const inner = /^List\(DataType\((\w+)/.exec(series.dtype.toString().replace(/^DataType\(/, ""))?.[1];
  if (variant === "List") return inner === undefined ? "list" : `list[${shortType(inner)}]`;
  return shortType(variant);
}

function shortType(variant: string): string {
  return variant
    .toLowerCase()
    .replace(/^(u?)int(\d+)$/, (_, sign: string, bits: string) => `${sign === "" ? "i" : "u"}${bits}`)
    .replace(/^float(\d+)$/, "f$1")
    .replace(/^(string|utf8)$/, "str")
    .replace(/^categorical$/, "cat");
}
