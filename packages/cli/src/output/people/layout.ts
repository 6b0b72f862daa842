import { cut, pad, width } from "./width.ts";

const GAP = 2;
/** Below this many terminal columns a column says nothing any more. */
const LEAST = 8;

/** A column of a table for people. */
export interface LaidOut {
  readonly index: number;
  readonly title: string;
  readonly width: number;
  /** Numbers stand to the right. */
  readonly right: boolean;
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
  titles: readonly string[],
  rows: readonly (readonly string[])[],
  right: readonly boolean[],
  room: number | undefined,
): Layout {
  const natural = titles.map((title, index) =>
    rows.reduce((most, row) => Math.max(most, width(row[index] ?? "")), width(title)),
  );
  const widths = room === undefined ? natural : narrowed(natural, room);
  const columns = widths.map((wide, index) => ({
    index,
    title: titles[index] as string,
    width: wide,
    right: right[index] ?? false,
  }));
  return { columns, left: titles.slice(widths.length) };
}

/** The widest columns give way first; where all are narrow, the last ones are left out. */
function narrowed(natural: readonly number[], room: number): number[] {
  const widths = [...natural];
  const total = () => widths.reduce((sum, wide) => sum + wide + GAP, -GAP);
  while (widths.length > 1 && leastTotal(widths) > room) widths.pop();
  for (let over = total() - room; over > 0; over = total() - room) {
    const most = Math.max(...widths);
    const second = Math.max(LEAST, ...widths.filter((wide) => wide < most));
    const widest = widths.flatMap((wide, index) => (wide === most ? [index] : []));
    const each = Math.min(Math.ceil(over / widest.length), Math.max(1, most - second));
    if (most <= LEAST && widths.length > 1) break;
    for (const index of widest) widths[index] = Math.max(1, most - each);
    if (most === 1) break;
  }
  return widths;
}

function leastTotal(widths: readonly number[]): number {
  return widths.reduce((sum, wide) => sum + Math.min(wide, LEAST) + GAP, -GAP);
}

/** One line of cells; where the room is limited, those that are too long are cut. */
export function line(layout: Layout, cells: readonly string[], cuts: boolean): string {
  return layout.columns
    .map(({ index, width: wide, right }) => {
      const text = cells[index] ?? "";
      return pad(cuts ? cut(text, wide) : text, wide, right);
    })
    .join(" ".repeat(GAP))
    .trimEnd();
}
