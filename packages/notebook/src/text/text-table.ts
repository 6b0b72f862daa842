import { printable, textWidth } from "./printable.ts";

/** A column of a table in text. */
export interface TextColumn {
  readonly name: string;
  readonly cells: readonly string[];
  readonly right?: boolean;
}

/** How many columns of a terminal a table takes at most. */
const MOST_WIDTH = 120;
const GAP = "  ";

/**
 * Columns side by side, with a line under their names.
 *
 * @returns the lines, and the names of the columns that found no room
 */
export function textTable(columns: readonly TextColumn[]): { lines: string[]; leftOut: string[] } {
  const ready = columns.map(({ name, cells, right = false }) => {
    const texts = [name, ...cells].map(printable);
    return { name, texts, right, width: Math.max(...texts.map(textWidth)) };
  });
  let room = MOST_WIDTH;
  const shown = ready.filter(({ width }, index) => {
    room -= width + (index === 0 ? 0 : GAP.length);
    return index === 0 || room >= 0;
  });
  const rows = shown[0]?.texts.length ?? 0;
  const lines = Array.from({ length: rows }, (_, row) =>
    shown
      .map(({ texts, width, right }) => pad(texts[row] as string, width, right))
      .join(GAP)
      .trimEnd(),
  );
  const rule = shown.map(({ width }) => "─".repeat(width)).join(GAP);
  const leftOut = ready.filter((column) => !shown.includes(column)).map(({ name }) => name);
  return { lines: lines.length === 0 ? [] : [lines[0] as string, rule, ...lines.slice(1)], leftOut };
}

function pad(text: string, width: number, right: boolean): string {
  const space = " ".repeat(Math.max(0, width - textWidth(text)));
  return right ? space + text : text + space;
}
