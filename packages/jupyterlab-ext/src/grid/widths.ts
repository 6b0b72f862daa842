import { STATE_ICON } from "../states/state-marks.ts";
import type { GridColumn } from "./column.ts";
import { cellText, tagText } from "./format.ts";
import { ASIDE_GAP, BUTTON, CHECK_WIDTH, MARK, MAX_WIDTH, MIN_WIDTH, PADDING } from "./paint/measures.ts";
import { printable } from "./paint/printable.ts";
import { SWATCH } from "./paint/shapes.ts";
import type { GridTheme } from "./theme.ts";

/** How wide a text in a font is, in pixels. */
type Measure = (text: string, font: string) => number;

/** Measures as the canvas does; roughly where there is none. */
export function canvasMeasure(): Measure {
  const gc = document.createElement("canvas").getContext("2d");
  return (text, font) => {
    if (gc === null) return text.length * 7;
    gc.font = font;
    return gc.measureText(text).width;
  };
}

/** What a sorted heading has beside its name, while the pointer is on it: its arrow, and what opens its menu. */
const MARKS = MARK + BUTTON - PADDING;
/** How many rows are looked at, spread over all of them. */
const SAMPLE = 120;
/** No column is wider by itself. */
const MOST = 280;

/** How wide a column is by itself: as what it holds in most rows, and as its heading, within limits. */
export function ownWidth(column: GridColumn, measure: Measure, theme: GridTheme, hasSwatch: boolean): number {
  const heading = Math.max(
    measure(printable(column.name), theme.boldFont) + MARKS,
    column.origin === "" ? 0 : measure(column.origin, theme.smallFont),
  );
  let widest = Math.min(heading, 220);
  const step = Math.max(1, Math.floor(column.values.length / SAMPLE));
  for (let row = 0; row < column.values.length; row += step) {
    widest = Math.max(widest, valueWidth(column, row, measure, theme));
    if (widest >= MOST) break;
  }
  const extra = hasSwatch ? SWATCH + 8 : 0;
  return Math.ceil(Math.min(MOST, Math.max(MIN_WIDTH, widest + extra + 2 * PADDING)));
}

function valueWidth(
  { kind, values, asides }: GridColumn,
  row: number,
  measure: Measure,
  theme: GridTheme,
): number {
  const value = values[row] ?? null;
  if (kind === "tags" && Array.isArray(value))
    return value
      .slice(0, 6)
      .reduce((sum: number, tag) => sum + measure(printable(tagText(tag)), theme.smallFont) + 19, 0);
  const text = printable(cellText(kind, value, "short")).slice(0, 80);
  const aside = asides?.[row] ?? "";
  const asideWidth = aside === "" ? 0 : measure(printable(aside), theme.smallFont) + ASIDE_GAP;
  return measure(text, theme.font) + asideWidth + (kind === "state" ? STATE_ICON + 7 : 0);
}

/** A width within what a column may have. */
export function clampWidth(width: number): number {
  return Math.round(Math.min(MAX_WIDTH, Math.max(MIN_WIDTH, width)));
}

/** How much of the room is for what stays in sight at most: the larger part is for what is scrolled. */
const FROZEN = 0.45;
/** Where that is next to nothing, a name has so much all the same, in pixels, if it isn't more than this part of the room. */
const NAME = 96;
const MOST_FROZEN = 0.6;

/**
 * How wide the frozen columns are where there is little room: what is scrolled keeps most of it.
 *
 * @param room - of the whole grid, without its scroll bar; 0: not known yet
 */
export function frozenWidths(widths: readonly number[], room: number, hasChecks: boolean): number[] {
  const checks = hasChecks ? CHECK_WIDTH : 0;
  const most = Math.max(room * FROZEN, Math.min(checks + NAME, room * MOST_FROZEN)) - checks;
  const sum = widths.reduce((all, width) => all + width, 0);
  if (room <= 0 || sum <= most) return [...widths];
  return widths.map((width) => Math.max(24, Math.floor((width * most) / sum)));
}
