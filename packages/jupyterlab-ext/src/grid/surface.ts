import { DataGrid, type DataModel, GraphicsContext } from "@lumino/datagrid";
import { type Message, MessageLoop } from "@lumino/messaging";
import { Widget } from "@lumino/widgets";
import type { CellBox } from "./paint/scene.ts";

/**
 * How far beyond what is in sight the canvas is filled, in pixels: where a screen has one and a half of its own to one, what
 * lies there shows through at the edge, in the colours of a theme that is gone.
 */
const BLEED = 2;

/** Draws a cell within its box; what goes beyond is cut off. */
type PaintCell = (gc: GraphicsContext, box: CellBox) => void;

/** Rows or columns of a region, where they lie in sight. */
interface Strip {
  readonly index: number;
  readonly start: number;
  readonly size: number;
}

/**
 * The canvas: the host's grid, whose sizes can be set all at once, and whose focus is elsewhere. It draws its cells right onto
 * the canvas: the host's way over another canvas copies an image a cell, which takes most of the time where no graphics card
 * helps.
 */
export class Surface extends DataGrid {
  private readonly focus: () => void;
  private isAnnounced = false;
  private readonly paintCell: PaintCell;

  /** @param focus - called when a press gives it the focus */
  constructor(options: DataGrid.IOptions, paintCell: PaintCell, focus: () => void) {
    super(options);
    this.paintCell = paintCell;
    this.focus = focus;
    // Assistive technology has a table of its own.
    this.node.setAttribute("aria-hidden", "true");
  }

  /**
   * Sets the width of all columns and the height of the headings; the model then has to tell of a change.
   *
   * @param left - of the columns that stay in sight
   * @param body - of the others
   */
  setSizes(left: readonly number[], body: readonly number[], headingHeight: number): void {
    left.forEach((width, index) => {
      this.rowHeaderSections.resize(index, width);
    });
    body.forEach((width, index) => {
      this.columnSections.resize(index, width);
    });
    this.columnHeaderSections.resize(0, headingHeight);
  }

  /** Draws all anew, with what else waits to be drawn. */
  repaint(): void {
    this.repaintContent();
    this.repaintOverlay();
  }

  override dispose(): void {
    super.dispose();
    // A notebook that is closed doesn't tell its outputs that they are detached: the window would keep listening for them.
    window.removeEventListener("resize", this);
  }

  protected override onBeforeAttach(message: Message): void {
    this.isAnnounced = true;
    super.onBeforeAttach(message);
  }

  /** Notebooks attach a cell's output without saying so before, which is when the grid and its bars begin to listen. */
  protected override onAfterAttach(message: Message): void {
    super.onAfterAttach(message);
    if (!this.isAnnounced) MessageLoop.sendMessage(this, Widget.Msg.BeforeAttach);
  }

  protected override onAfterDetach(message: Message): void {
    this.isAnnounced = false;
    super.onAfterDetach(message);
  }

  protected override onActivateRequest(): void {
    this.focus();
  }

  protected override paintContent(x: number, y: number, width: number, height: number): void {
    const pen = this.canvasGC;
    const ratio = Math.ceil(window.devicePixelRatio);
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.fillStyle = this.style.voidColor ?? "transparent";
    pen.fillRect(
      x,
      y,
      x + width < this.viewportWidth ? width : width + BLEED,
      y + height < this.viewportHeight ? height : height + BLEED,
    );
    pen.save();
    clip(pen, x, y, width, height);
    const left = this.columns("row-header", x, x + width);
    const body = this.columns("body", x, x + width);
    const top = this.rows("column-header", y, y + height);
    const rows = this.rows("body", y, y + height);
    this.paintRegion("body", body, rows);
    this.paintRegion("row-header", left, rows);
    this.paintRegion("column-header", body, top);
    this.paintRegion("corner-header", left, top);
    pen.restore();
  }

  /** How far what is drawn now is scrolled: where the scroll bars are is where it will be scrolled to next. */
  private drawnScroll(): { x: number; y: number } {
    // biome-ignore-start lint/complexity/useLiteralKeys: TypeScript lets nothing but literal keys at what is private.
    return { x: this["_scrollX"] ?? this.scrollX, y: this["_scrollY"] ?? this.scrollY };
    // biome-ignore-end lint/complexity/useLiteralKeys: as above
  }

  private paintRegion(region: DataModel.CellRegion, columns: readonly Strip[], rows: readonly Strip[]): void {
    const { canvasGC: pen, dataModel } = this;
    if (columns.length === 0 || rows.length === 0 || dataModel === null) return;
    const isLeft = region === "row-header" || region === "corner-header";
    const isTop = region === "column-header" || region === "corner-header";
    pen.save();
    clip(
      pen,
      isLeft ? 0 : this.headerWidth,
      isTop ? 0 : this.headerHeight,
      isLeft ? this.headerWidth : this.viewportWidth,
      isTop ? this.headerHeight : this.viewportHeight,
    );
    for (const column of columns) {
      for (const row of rows) {
        pen.save();
        clip(pen, column.start, row.start, column.size, row.size);
        const gc = new GraphicsContext(pen);
        this.paintCell(gc, {
          x: column.start,
          y: row.start,
          width: column.size,
          height: row.size,
          region,
          row: row.index,
          column: column.index,
          value: dataModel.data(region, row.index, column.index),
        });
        gc.dispose();
        pen.restore();
      }
    }
    pen.restore();
  }

  private columns(region: DataModel.ColumnRegion, from: number, to: number): Strip[] {
    const origin = region === "body" ? this.headerWidth - this.drawnScroll().x : 0;
    const first = Math.max(from, region === "body" ? this.headerWidth : 0);
    const strips: Strip[] = [];
    for (
      let index = this.columnAt(region, first - origin);
      index >= 0 && index < this.columnCount(region);
      index++
    ) {
      const start = this.columnOffset(region, index) + origin;
      if (start >= to) break;
      const size = this.columnSize(region, index);
      if (size > 0) strips.push({ index, start, size });
    }
    return strips;
  }

  private rows(region: DataModel.RowRegion, from: number, to: number): Strip[] {
    const origin = region === "body" ? this.headerHeight - this.drawnScroll().y : 0;
    const first = Math.max(from, region === "body" ? this.headerHeight : 0);
    const strips: Strip[] = [];
    for (
      let index = this.rowAt(region, first - origin);
      index >= 0 && index < this.rowCount(region);
      index++
    ) {
      const start = this.rowOffset(region, index) + origin;
      if (start >= to) break;
      strips.push({ index, start, size: this.rowSize(region, index) });
    }
    return strips;
  }
}

function clip(pen: CanvasRenderingContext2D, x: number, y: number, width: number, height: number): void {
  pen.beginPath();
  pen.rect(x, y, width, height);
  pen.clip();
}
