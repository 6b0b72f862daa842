import type { ArrowTable } from "@lazyruns/dataframes";
import { Type } from "@uwdata/flechette";
import type { DataFrame as DanfoFrame } from "danfojs-node";
import pl, { type DataFrame as PolarsFrame, type Series } from "nodejs-polars";
import type { Value } from "./values.ts";

/** The libraries that frames are of. */
export const LIBRARIES = ["polars", "arrow", "danfo"] as const;
export type Library = (typeof LIBRARIES)[number];

/** A frame of any library, read by the way of its own that loses nothing. */
export interface OurFrame {
  readonly numRows: number;
  readonly columns: ReadonlyMap<string, { readonly dtype: string; readonly cells: readonly Value[] }>;
}

/** Reads a frame that was asked for by the library's name. */
export function readFrame(library: Library, frame: unknown): OurFrame {
  switch (library) {
    case "polars":
      return ofPolars(frame as PolarsFrame);
    case "arrow":
      return ofArrow(frame as ArrowTable);
    case "danfo":
      return ofDanfo(frame as DanfoFrame);
  }
}

/** Types by polars' names, whole numbers as bigints. */
function ofPolars(frame: PolarsFrame): OurFrame {
  const columns = frame.columns.map((name) => {
    const series = frame.getColumn(name);
    return [name, { dtype: series.dtype.variant, cells: polarsCells(series) }] as const;
  });
  return { numRows: frame.height, columns: new Map(columns) };
}

function polarsCells(series: Series): Value[] {
  if (series.dtype.variant === "Int64") {
    // A series gives whole numbers as doubles; their texts have every digit.
    return [...series.cast(pl.Utf8).toArray()].map((text) => (text === null ? null : BigInt(text)));
  }
  return [...series.toArray()].map(toValue);
}

/** An Arrow table: types by polars' names, so that they can be compared. */
function ofArrow(table: ArrowTable): OurFrame {
  const columns = table.schema.fields.map(({ name, type }, index) => {
    const cells = [...(table.getChildAt(index) ?? [])].map(toValue);
    return [name, { dtype: ARROW_TYPES[type.typeId] ?? `Arrow type ${type.typeId}`, cells }] as const;
  });
  return { numRows: table.numRows, columns: new Map(columns) };
}

const ARROW_TYPES: Record<number, string> = {
  [Type.Null]: "Null",
  [Type.Int]: "Int64",
  [Type.Float]: "Float64",
  [Type.Bool]: "Bool",
  [Type.Utf8]: "String",
  [Type.Struct]: "Struct",
  [Type.List]: "List",
  [Type.Timestamp]: "Datetime",
};

/** A frame of danfo, with danfo's types, which are labels. */
function ofDanfo(frame: DanfoFrame): OurFrame {
  const columns = frame.columns.map((name, index) => {
    const cells = (frame.column(name).values as unknown[]).map(toValue);
    return [name, { dtype: frame.dtypes[index] ?? "none", cells }] as const;
  });
  return { numRows: frame.shape[0] ?? 0, columns: new Map(columns) };
}

function toValue(cell: unknown): Value {
  if (cell === undefined) throw new Error("A cell is undefined");
  if (cell instanceof Date) return BigInt(cell.getTime());
  if (Array.isArray(cell) || ArrayBuffer.isView(cell)) return [...(cell as Iterable<unknown>)].map(toValue);
  if (typeof cell !== "object" || cell === null) return cell as Value;
  return new Map(Object.entries(cell).map(([key, value]) => [key, toValue(value)]));
}
