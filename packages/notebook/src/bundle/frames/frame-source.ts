import type { CurveSource, Segment } from "../../curves/source.ts";
import { textOf } from "../cell-text.ts";
import { isNumeric, typeOf } from "../output-values.ts";

/** A frame's column: its values, and whether they are moments. */
interface FrameColumn {
  readonly values: readonly unknown[];
  readonly isTime: boolean;
}

/** A frame as what curves are drawn of; rows with the same `run_id` are of one run, where it has that column. */
export function frameSource(names: readonly string[], read: (name: string) => FrameColumn): CurveSource {
  const columns = new Map<string, FrameColumn>();
  const column = (name: string): FrameColumn => {
    const known = columns.get(name) ?? read(name);
    columns.set(name, known);
    return known;
  };
  const numRows = names.length === 0 ? 0 : column(names[0] as string).values.length;
  return {
    numRows,
    columnNames: names.filter((name) => name !== "run_id"),
    segments: names.includes("run_id")
      ? segmentsOf(column("run_id").values)
      : [{ id: "", start: 0, end: numRows }].filter(({ end }) => end > 0),
    numbers(name) {
      const { values, isTime } = column(name);
      return isTime || isNumeric(typeOf(values)) || typeOf(values) === "bool"
        ? Float64Array.from(values, toNumber)
        : undefined;
    },
    isTime: (name) => column(name).isTime,
    cell: (name, row) => column(name).values[row],
  };
}

function segmentsOf(ids: readonly unknown[]): Segment[] {
  const segments: Segment[] = [];
  for (let start = 0, end = 0; start < ids.length; start = end) {
    while (end < ids.length && ids[end] === ids[start]) end++;
    segments.push({ id: textOf(ids[start]), start, end });
  }
  return segments;
}

function toNumber(value: unknown): number {
  if (value === null || value === undefined) return Number.NaN;
  return value instanceof Date ? value.getTime() : Number(value);
}
