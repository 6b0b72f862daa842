import type { AnyColumn } from "@lazyruns/core";
import { datetimesOf } from "../columns/datetimes.ts";
import type { PlannedColumn } from "../columns/plan.ts";
import type { Warner } from "../columns/warner.ts";
import { wholeNumbers } from "./whole-numbers.ts";

/** A value in a danfo frame. */
export type Cell = number | string | boolean | null;

/** What danfo calls the type of a column. It stores values as they are, whatever the label says. */
export type Label = "float32" | "int32" | "string" | "boolean";

/** A column's values as danfo has them. */
export interface Cells {
  /** Where a row has no value stands anything. */
  readonly values: ArrayLike<Cell>;
  /** Which rows have a value, as a bitmap, lowest bit first; `null`: all. */
  readonly validity: Uint8Array | null;
  readonly label: Label;
  /** How many whole numbers had to be rounded. */
  readonly rounded: number;
}

/** The values of some rows of a planned column. */
export function cellsOf(column: AnyColumn, { source, type }: PlannedColumn, warner: Warner): Cells {
  if (type.kind === "datetime") {
    const dates = datetimesOf(column);
    warner.countLost(source, dates.lost);
    const values = Array.from(dates.values, (milliseconds) => new Date(Number(milliseconds)).toISOString());
    return { values, validity: dates.validity, label: "string", rounded: 0 };
  }
  const { validity } = column;
  switch (column.dtype) {
    case "float64": {
      const values = new Float64Array(column.length);
      column.copyValues(values);
      return { values, validity, label: "float32", rounded: 0 };
    }
    case "int64": {
      const exact = new BigInt64Array(column.length);
      column.copyValues(exact);
      const { values, rounded, fits32 } = wholeNumbers(exact);
      // As int32, danfo's tensors would wrap what is beyond 32 bits around.
      return { values, validity, label: fits32 ? "int32" : "float32", rounded };
    }
    case "bool":
      return { values: truths(column.values), validity, label: "boolean", rounded: 0 };
    case "utf8":
    case "json":
      return { values: column.values, validity, label: "string", rounded: 0 };
    default:
      return { values: new Uint8Array(column.length), validity, label: "float32", rounded: 0 };
  }
}

function truths(bytes: Uint8Array): boolean[] {
  const values: boolean[] = [];
  for (const byte of bytes) values.push(byte !== 0);
  return values;
}
