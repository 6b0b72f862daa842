import type { GridColumn } from "./column.ts";
import type { GridState } from "./grid-state.ts";
import { CHECK_WIDTH, HEADING_HEIGHT, ROW_HEIGHT } from "./paint/measures.ts";
import type { GridTheme } from "./theme.ts";
import { canvasMeasure, frozenWidths, ownWidth } from "./widths.ts";

/** How high a scroll bar is, as the style has it. */
const SCROLL_BAR = 12;
/** How many rows scroll at least, however many are pinned. */
const FEWEST = 3;

/** What a grid measures, in pixels. */
interface GridSizes {
  readonly left: readonly number[];
  /** With that of what fills the room behind the last column. */
  readonly body: readonly number[];
  readonly height: number;
}

/** How wide a column is that nobody made as wide as it is. */
interface OwnWidth {
  /** What it was measured of. */
  column: GridColumn;
  width: number;
  /** What it would be with room for it; never less than it is. */
  wanted: number;
}

/**
 * Measures grids. What a column measures by itself is found out once for the values it has: with others it grows where there
 * is room, and never shrinks under a reader's eyes.
 */
export class GridLayout {
  private readonly measure = canvasMeasure();
  private readonly own = new Map<string, OwnWidth>();
  private readonly nameKey: string | undefined;
  private readonly hasChecks: boolean;

  constructor(nameKey: string | undefined, hasChecks: boolean) {
    this.nameKey = nameKey;
    this.hasChecks = hasChecks;
  }

  /** Text in a font measures something else. */
  forget(): void {
    this.own.clear();
  }

  /** Of a column that is to be as wide as what it holds. */
  forgetColumn(key: string): void {
    this.own.delete(key);
  }

  textWidth(text: string, font: string): number {
    return this.measure(text, font);
  }

  /**
   * @param room - how wide the grid can be; 0: not known yet
   * @param rowsPerPage - how many rows it shows before it scrolls
   */
  sizes(state: GridState, theme: GridTheme, room: number, rowsPerPage: number): GridSizes {
    const { columns, numFrozen, numPinned } = state.view;
    const given = state.look.columns.widths;
    const own = columns.filter(({ key }) => !given.has(key)).map((column) => this.ownOf(column, theme));
    const checks = this.hasChecks ? [CHECK_WIDTH] : [];
    const scrolling = Math.max(Math.min(FEWEST, state.data.ids.length), rowsPerPage - numPinned);
    const rows = Math.min(Math.max(1, state.data.ids.length), numPinned + scrolling);
    const free = Math.max(0, room - (state.view.rows.length > rows ? SCROLL_BAR : 0));
    const sumGiven = columns.reduce((all, { key }) => all + (given.get(key) ?? 0), checks[0] ?? 0);
    grow(own, free - sumGiven);
    const widths = columns.map(({ key }) => given.get(key) ?? (this.own.get(key) as OwnWidth).width);
    const left = [...checks, ...frozenWidths(widths.slice(0, numFrozen), free, this.hasChecks)];
    const body = widths.slice(numFrozen);
    const sum = [...left, ...body].reduce((all, width) => all + width, 0);
    const scrollBar = room > 0 && sum > room ? SCROLL_BAR : 0;
    return { left, body: [...body, 0], height: HEADING_HEIGHT + rows * ROW_HEIGHT + scrollBar };
  }

  private ownOf(column: GridColumn, theme: GridTheme): OwnWidth {
    let own = this.own.get(column.key);
    if (own?.column === column) return own;
    const wanted = ownWidth(column, this.measure, theme, column.key === this.nameKey);
    own = { column, width: own?.width ?? wanted, wanted: Math.max(wanted, own?.width ?? 0) };
    this.own.set(column.key, own);
    return own;
  }
}

/** Gives columns what they want of the room there is; all of it where they are scrolled sideways anyhow. */
function grow(own: readonly OwnWidth[], room: number): void {
  const free = room - own.reduce((all, { width }) => all + width, 0);
  let left = free < 0 ? Number.POSITIVE_INFINITY : free;
  for (const one of own) {
    const more = Math.min(one.wanted - one.width, left);
    one.width += more;
    left -= more;
  }
}
