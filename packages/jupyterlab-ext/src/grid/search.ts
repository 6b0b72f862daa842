import type { GridColumn } from "./column.ts";
import { cellText, wholeText } from "./format.ts";

const lowered = new WeakMap<GridColumn, string[]>();

/** The words of a search: what is between spaces, all of which a row must have. */
export function wordsOf(search: string): string[] {
  return search.toLowerCase().split(/\s+/).filter(Boolean);
}

/**
 * Whether each of the words is in a cell of a row, in capitals or not.
 *
 * @param columns - those that are looked at
 * @param words - lower-case
 */
export function rowHas(columns: readonly GridColumn[], row: number, words: readonly string[]): boolean {
  return words.every((word) => columns.some((column) => cellHas(column, row, word)));
}

function cellHas(column: GridColumn, row: number, word: string): boolean {
  const value = column.values[row];
  if (value === null || value === undefined) return false;
  if (column.kind !== "number") return (textsOf(column)[row] as string).includes(word);
  // No digit of it could be a part of a word.
  if (!/^[\d.,e+−∞anif-]+$/.test(word)) return false;
  return (
    cellText("number", value, "short").toLowerCase().includes(word) ||
    cellText("number", value, "full").toLowerCase().includes(word)
  );
}

function textsOf(column: GridColumn): string[] {
  let texts = lowered.get(column);
  if (texts === undefined) {
    const { kind, values, asides } = column;
    texts = values.map((value, row) =>
      `${kind === "json" ? wholeText(kind, value) : cellText(kind, value, "full")} ${asides?.[row] ?? ""}`
        .trimEnd()
        .toLowerCase(),
    );
    lowered.set(column, texts);
  }
  return texts;
}
