import { type Json, jsonText } from "@lazyruns/json";
import { bitmapBytes, setBit } from "./bitmap.ts";
import type { ChunkColumn } from "./chunk.ts";
import { StringTexts } from "./texts.ts";

/** A row's value; `undefined` where the row doesn't hold the key. A column has dates alone, or none. */
export type Cell = Json | Date | undefined;

type Kind = "number" | "boolean" | "string" | "date" | "nested";

/** What the cells of a column are, apart from nulls and absent ones. */
interface Census {
  readonly kinds: ReadonlySet<Kind>;
  readonly integers: boolean;
  readonly bigints: boolean;
  readonly valid: number;
  readonly nulls: number;
}

/**
 * A column of cells as rows hold them.
 *
 * @param float - that it is of doubles although all its numbers happen to be whole (they were written `1.0`)
 */
export function buildColumn(cells: readonly Cell[], float: boolean): ChunkColumn {
  const census = takeCensus(cells);
  const slots = {
    validity:
      census.valid === cells.length ? null : bitmapOf(cells, (cell) => cell !== undefined && cell !== null),
    present: census.nulls === 0 ? null : bitmapOf(cells, (cell) => cell !== undefined),
  };
  if (census.valid === 0) return { kind: "null", ...slots };
  const [kind] = census.kinds.size === 1 ? census.kinds : (["nested"] as const);
  switch (kind) {
    case "number":
      return float || !census.integers
        ? { kind: "float64", ...slots, ...floats(cells) }
        : { kind: "int64", ...slots, values: census.bigints ? longs(cells) : safeIntegers(cells) };
    case "boolean":
      return { kind: "bool", ...slots, values: Uint8Array.from(cells, (cell) => (cell === true ? 1 : 0)) };
    case "string":
      return {
        kind: "utf8",
        ...slots,
        texts: new StringTexts(cells.map((cell) => (cell as string | null) ?? "")),
      };
    case "date":
      return {
        kind: "datetime",
        ...slots,
        values: BigInt64Array.from(cells, (cell) => BigInt((cell as Date | undefined)?.getTime() ?? 0)),
      };
    default:
      return {
        kind: "json",
        ...slots,
        texts: new StringTexts(
          cells.map((cell) => (cell === undefined || cell === null ? "" : jsonText(cell as Json))),
        ),
      };
  }
}

function takeCensus(cells: readonly Cell[]): Census {
  const kinds = new Set<Kind>();
  let integers = true;
  let bigints = false;
  let valid = 0;
  let nulls = 0;
  for (const cell of cells) {
    if (cell === undefined) continue;
    if (cell === null) {
      nulls++;
      continue;
    }
    valid++;
    switch (typeof cell) {
      case "number":
        kinds.add("number");
        if (!Number.isSafeInteger(cell) || Object.is(cell, -0)) integers = false;
        break;
      case "bigint":
        kinds.add("number");
        bigints = true;
        if (BigInt.asIntN(64, cell) !== cell) integers = false;
        break;
      case "boolean":
      case "string":
        kinds.add(typeof cell as "boolean" | "string");
        break;
      default:
        kinds.add(cell instanceof Date ? "date" : "nested");
    }
  }
  return { kinds, integers, bigints, valid, nulls };
}

function bitmapOf(cells: readonly Cell[], has: (cell: Cell) => boolean): Uint8Array {
  const bitmap = new Uint8Array(bitmapBytes(cells.length));
  for (const [row, cell] of cells.entries()) if (has(cell)) setBit(bitmap, row);
  return bitmap;
}

function floats(cells: readonly Cell[]): { values: Float64Array; exact: Map<number, bigint> | null } {
  const values = new Float64Array(cells.length);
  let exact: Map<number, bigint> | null = null;
  for (const [row, cell] of cells.entries()) {
    values[row] = cell === undefined || cell === null ? Number.NaN : Number(cell);
    if (typeof cell === "bigint") {
      exact ??= new Map();
      exact.set(row, cell);
    }
  }
  return { values, exact };
}

function safeIntegers(cells: readonly Cell[]): Float64Array {
  return Float64Array.from(cells, (cell) => (cell as number | null | undefined) ?? 0);
}

function longs(cells: readonly Cell[]): BigInt64Array {
  return BigInt64Array.from(cells, (cell) => BigInt((cell as number | bigint | null | undefined) ?? 0));
}
