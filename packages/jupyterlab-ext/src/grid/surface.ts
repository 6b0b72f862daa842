import { DataGrid } from "@lumino/datagrid";

/** The canvas: the host's grid, whose sizes can be set all at once, and whose focus is elsewhere. */
export class Surface extends DataGrid {
  private readonly focus: () => void;

  /** @param focus - called when a press gives it the focus */
  constructor(options: DataGrid.IOptions, focus: () => void) {
    super(options);
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

  protected override onActivateRequest(): void {
    this.focus();
  }
}
