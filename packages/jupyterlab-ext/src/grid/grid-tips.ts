import { STATE_ICON } from "../states/state-marks.ts";
import { wholeHeading } from "./column.ts";
import { cellText, wholeText } from "./format.ts";
import type { Rect } from "./geometry.ts";
import type { GridLayout } from "./grid-layout.ts";
import type { GridOptions } from "./grid-options.ts";
import type { GridState } from "./grid-state.ts";
import { ASIDE_GAP, BUTTON, PADDING } from "./paint/measures.ts";
import { printable } from "./paint/printable.ts";
import type { CellPlace } from "./paint/scene.ts";
import { SWATCH } from "./paint/shapes.ts";
import { HEADINGS } from "./place.ts";
import type { GridTheme } from "./theme.ts";
import { Tip } from "./tip.ts";

/** Shows the whole of what a cell holds, where the cell shows less. */
export class GridTips {
  private readonly tip = new Tip();
  private readonly state: GridState;
  private readonly options: GridOptions;
  private readonly layout: GridLayout;
  private readonly theme: () => GridTheme;
  private readonly rectOf: (place: CellPlace) => Rect;

  constructor(
    state: GridState,
    options: GridOptions,
    layout: GridLayout,
    theme: () => GridTheme,
    rectOf: (place: CellPlace) => Rect,
  ) {
    this.state = state;
    this.options = options;
    this.layout = layout;
    this.theme = theme;
    this.rectOf = rectOf;
  }

  /** Of the cell the pointer is on. */
  showHovered(place: CellPlace): void {
    this.show(place, false);
  }

  /** Of the cell the keys are on. */
  showActive(): void {
    this.show(this.state.active, true);
  }

  hide(): boolean {
    return this.tip.hide();
  }

  private show(place: CellPlace, isByKeys: boolean): void {
    this.tip.hide();
    const column = this.state.view.columns[place.column];
    if (column === undefined) return;
    const rect = this.rectOf(place);
    const room = rect.right - rect.left - 2 * PADDING;
    const text = place.row === HEADINGS ? this.headingTip(place, room) : this.cellTip(place, room, isByKeys);
    if (text !== undefined) this.tip.show(text, rect, isByKeys);
  }

  private headingTip({ column: at }: CellPlace, room: number): string | undefined {
    const column = this.state.view.columns[at];
    if (column === undefined) return undefined;
    const width = this.layout.textWidth(printable(column.name), this.theme().boldFont);
    return width > room - BUTTON ? wholeHeading(column) : undefined;
  }

  private cellTip({ row, column: at }: CellPlace, room: number, isByKeys: boolean): string | undefined {
    const { view, numberFormat } = this.state;
    const column = view.columns[at];
    const place = view.rows[row] as number;
    const value = column?.values[place] ?? null;
    if (column === undefined || value === null) return undefined;
    const drawn = cellText(column.kind, value, numberFormat);
    const whole = wholeText(column.kind, value);
    if (whole === "") return undefined;
    const indent =
      column.key === this.options.nameKey ? SWATCH + 8 : column.kind === "state" ? STATE_ICON + 7 : 0;
    const tagged = column.kind === "tags" && Array.isArray(value) ? value.length * 12 : 0;
    const aside = column.asides?.[place] ?? "";
    const asideWidth =
      aside === "" ? 0 : this.layout.textWidth(printable(aside), this.theme().smallFont) + ASIDE_GAP;
    const width = this.layout.textWidth(printable(drawn), this.theme().font) + asideWidth;
    const isCut = width + indent + tagged > room || printable(drawn) !== drawn;
    // Moments and lengths of time are told in another way, not cut: no need to say so at each step.
    const isRounded = isByKeys
      ? column.kind === "number" && whole !== drawn.replaceAll(",", "")
      : whole !== drawn;
    if (!isCut && !isRounded) return undefined;
    return aside === "" ? whole : `${whole} ${aside}`;
  }
}
