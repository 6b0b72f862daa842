import type { DataGrid } from "@lumino/datagrid";
import { HEADING_HEIGHT, ROW_HEIGHT } from "./paint/measures.ts";
import type { CellPlace } from "./paint/scene.ts";
import { HEADINGS, type Places } from "./place.ts";

/** Edges in the window, in pixels. */
export interface Rect {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Where a column is on the canvas, in pixels: what is scrolled out of sight may be left of it, or right. */
export function columnSpan(grid: DataGrid, places: Places, column: number): { left: number; width: number } {
  const spot = places.spotOf(0, column);
  const isLeft = spot.region === "row-header" || spot.region === "corner-header";
  const region = isLeft ? "row-header" : "body";
  const offset = grid.columnOffset(region, spot.column);
  return {
    left: isLeft ? offset : offset + grid.headerWidth - grid.scrollX,
    width: grid.columnSize(region, spot.column),
  };
}

/** Where a cell is in the window; one that is out of sight to a side begins at that side. */
export function cellRect(grid: DataGrid, places: Places, { row, column }: CellPlace): Rect {
  const box = grid.viewport.node.getBoundingClientRect();
  const span = columnSpan(grid, places, column);
  const left = box.left + Math.max(0, Math.min(span.left, box.width));
  const top = box.top + rowTop(grid, places, row);
  const height = row === HEADINGS ? HEADING_HEIGHT : ROW_HEIGHT;
  return { left, right: left + span.width, top, bottom: top + height };
}

function rowTop(grid: DataGrid, places: Places, row: number): number {
  if (row === HEADINGS) return 0;
  const spot = places.spotOf(row, 0);
  const isTop = spot.region === "column-header" || spot.region === "corner-header";
  return isTop
    ? HEADING_HEIGHT + (spot.row - 1) * ROW_HEIGHT
    : grid.headerHeight + spot.row * ROW_HEIGHT - grid.scrollY;
}
