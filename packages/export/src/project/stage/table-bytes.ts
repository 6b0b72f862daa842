import type { AnyColumn, HistoryTable } from "@lazyruns/core";

const SAMPLES = 16;

/** What a number takes, and nothing in its place. */
export const BYTES_A_VALUE = 8;

/** About how many bytes a table takes: of text, judged by some of its rows. */
export function tableBytes(table: HistoryTable): number {
  const { numRows } = table;
  if (numRows === 0) return 0;
  return table.columnNames.reduce((sum, name) => {
    const perValue = name === "run_id" ? 12 : bytesPerValue(table.column(name));
    return sum + perValue * numRows;
  }, 0);
}

function bytesPerValue(column: AnyColumn): number {
  if (column.dtype !== "utf8" && column.dtype !== "json") return BYTES_A_VALUE;
  const samples = Math.min(SAMPLES, column.length);
  let bytes = 0;
  for (let sample = 0; sample < samples; sample++) {
    const value = column.get(Math.floor((sample * column.length) / samples));
    bytes += typeof value === "string" ? value.length : JSON.stringify(value, digits).length;
  }
  return 4 + bytes / samples;
}

function digits(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? String(value) : value;
}
