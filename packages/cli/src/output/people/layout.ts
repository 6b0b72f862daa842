import { cut, cutStart, pad, width } from "./width.ts";

const GAP = 2;
/** Text isn't cut below this many terminal columns, nor are titles below that many. */
const LEAST_TEXT = 12;
const LEAST_TITLE = 8;

/** What is known of a column before it is laid out. */
export interface ColumnLook {
  readonly title: string;
  /** Numbers stand to the right. */
  readonly right: boolean;
  /** Its cells are never cut: half a number would be another one. */
  readonly isWhole: boolean;
}

/** A column of a table for people. */
export interface LaidOut extends ColumnLook {
  readonly index: number;
  readonly width: number;
}

/** Which columns are shown and how wide, and the names of those for which there is no room. */
export interface Layout {
  readonly columns: readonly LaidOut[];
  readonly left: readonly string[];
}

/**
 * Lays columns out by some of their rows.
 *
 * @param room - the terminal's columns; absent when nothing is cut
 */
export function layOut(
  looks: readonly ColumnLook[],
  rows: readonly (readonly string[])[],
  room: number | undefined,
): Layout {
  const sizes = looks.map(({ title, isWhole }, index) => {
    const cells = rows.reduce((most, row) => Math.max(most, width(row[index] ?? "")), 0);
    const natural = Math.max(cells, width(title));
    const least = Math.max(
      isWhole ? cells : Math.min(cells, LEAST_TEXT),
      Math.min(width(title), LEAST_TITLE),
    );
    return { natural, least };
  });
  const widths = room === undefined ? sizes.map(({ natural }) => natural) : narrowed(sizes, room);
  const columns = widths.map((wide, index) => ({ ...(looks[index] as ColumnLook), index, width: wide }));
  return { columns, left: looks.slice(widths.length).map(({ title }) => title) };
}

/** The last columns are left out until the others can be had; then the widest ones give way first. */
function narrowed(sizes: readonly { natural: number; least: number }[], room: number): number[] {
  const kept = [...sizes];
  const total = (widths: readonly number[]) => widths.reduce((sum, wide) => sum + wide + GAP, -GAP);
  while (kept.length > 1 && total(kept.map(({ least }) => least)) > room) kept.pop();
  const widths = kept.map(({ natural, least }) => Math.max(least, Math.min(natural, room)));
  for (let over = total(widths) - room; over > 0; over--) {
    const free = widths.map((wide, index) => (wide > (kept[index]?.least ?? 0) ? wide : 0));
    const widest = Math.max(...free);
    if (widest === 0) break;
    widths[free.indexOf(widest)] = widest - 1;
  }
  return widths;
}

/** The line of titles: of a key with parts that is cut the end is kept, where such keys differ. */
export function titleLine(layout: Layout): string {
  return join(layout, ({ title, width: wide }) =>
    /[./]/.test(title) ? cutStart(title, wide) : cut(title, wide),
  );
}

/** One line of cells; where the room is limited, text that is too long is cut. */
export function line(layout: Layout, cells: readonly string[], cuts: boolean): string {
  return join(layout, ({ index, width: wide, isWhole }) => {
    const text = cells[index] ?? "";
    return cuts && !isWhole ? cut(text, wide) : text;
  });
}

function join({ columns }: Layout, textOf: (column: LaidOut) => string): string {
  return columns
    .map((column) => pad(textOf(column), column.width, column.right))
    .join(" ".repeat(GAP))
    .trimEnd();
}
