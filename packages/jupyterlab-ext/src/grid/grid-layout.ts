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

/** Measures grids; what a column measures by itself is found out once. */
export class GridLayout {
  private readonly measure = canvasMeasure();
  private readonly own = new Map<string, number>();
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
    const widths = columns.map((column) => this.widthOf(state, column, theme));
    const checks = this.hasChecks ? [CHECK_WIDTH] : [];
    const scrolling = Math.max(Math.min(FEWEST, state.data.ids.length), rowsPerPage - numPinned);
    const rows = Math.min(Math.max(1, state.data.ids.length), numPinned + scrolling);
    const free = Math.max(0, room - (state.view.rows.length > rows ? SCROLL_BAR : 0));
    const left = [...checks, ...frozenWidths(widths.slice(0, numFrozen), free, this.hasChecks)];
    const body = widths.slice(numFrozen);
    const sum = [...left, ...body].reduce((all, width) => all + width, 0);
    const scrollBar = room > 0 && sum > room ? SCROLL_BAR : 0;
    return { left, body: [...body, 0], height: HEADING_HEIGHT + rows * ROW_HEIGHT + scrollBar };
  }

  private widthOf(state: GridState, column: GridColumn, theme: GridTheme): number {
    const given = state.look.columns.widths.get(column.key);
    if (given !== undefined) return given;
    let width = this.own.get(column.key);
    if (width === undefined) {
      width = ownWidth(column, this.measure, theme, column.key === this.nameKey);
      this.own.set(column.key, width);
    }
    return width;
  }
}
