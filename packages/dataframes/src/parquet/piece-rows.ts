import { jsonText } from "@lazyruns/json";
import type { Columns } from "../columns/source.ts";

const MOST_ROWS = 65_536;
const PIECE_BYTES = 64 * 1024 * 1024;
const SAMPLES = 64;

/** How many rows a piece of a table may have, so that it takes about 64 MB at most: judged by some of its rows. */
export function pieceRows(table: Columns): number {
  const perRow = table.columnNames.reduce((sum, name) => sum + bytesPerValue(table, name), 0);
  return Math.max(1, Math.min(MOST_ROWS, Math.floor(PIECE_BYTES / Math.max(1, perRow))));
}

function bytesPerValue(table: Columns, name: string): number {
  const column = table.column(name);
  if (column.dtype !== "utf8" && column.dtype !== "json") return 8;
  const samples = Math.min(SAMPLES, column.length);
  let bytes = 0;
  for (let sample = 0; sample < samples; sample++) {
    const value = column.get(Math.floor((sample * column.length) / samples));
    if (value !== null) bytes += Buffer.byteLength(typeof value === "string" ? value : jsonText(value));
  }
  return 4 + bytes / Math.max(1, samples);
}
