import type { DataModel } from "@lumino/datagrid";
import type { GridRows } from "./view.ts";

/** The row of the headings, above the first one. */
export const HEADINGS = -1;
/** The column of check boxes, before the first one. */
export const CHECKS = -1;

/** Where on the canvas a cell is: which region of the grid, and where in it. */
interface Spot {
  readonly region: DataModel.CellRegion;
  readonly row: number;
  readonly column: number;
}

/** How what is shown lies on the canvas: headings and pinned rows on top, check boxes and frozen columns to the left. */
export class Places {
  view: GridRows;
  readonly numChecks: 0 | 1;

  constructor(view: GridRows, hasChecks: boolean) {
    this.view = view;
    this.numChecks = hasChecks ? 1 : 0;
  }

  rowCount(region: DataModel.RowRegion): number {
    const { rows, numPinned } = this.view;
    return region === "body" ? rows.length - numPinned : 1 + numPinned;
  }

  /** The last one of the body's holds nothing: it fills the room that is left. */
  columnCount(region: DataModel.ColumnRegion): number {
    const { columns, numFrozen } = this.view;
    return region === "body" ? columns.length - numFrozen + 1 : this.numChecks + numFrozen;
  }

  /** The place of a row among those shown: from 0, or `HEADINGS`. */
  rowOf(region: DataModel.CellRegion, row: number): number {
    return region === "body" || region === "row-header" ? this.view.numPinned + row : row - 1;
  }

  /** The place of a column among those shown: from 0, or `CHECKS`; behind the last one: what fills the room. */
  columnOf(region: DataModel.CellRegion, column: number): number {
    return region === "body" || region === "column-header"
      ? this.view.numFrozen + column
      : column - this.numChecks;
  }

  /** Where the cell of a row and a column is. */
  spotOf(row: number, column: number): Spot {
    const { numPinned, numFrozen } = this.view;
    const isTop = row < numPinned;
    const isLeft = column < numFrozen;
    return {
      region: isTop ? (isLeft ? "corner-header" : "column-header") : isLeft ? "row-header" : "body",
      row: isTop ? row + 1 : row - numPinned,
      column: isLeft ? column + this.numChecks : column - numFrozen,
    };
  }
}
