import type { DataGrid } from "@lumino/datagrid";
import type { GridColumn } from "./column.ts";
import type { GridOptions } from "./grid-options.ts";
import type { GridState } from "./grid-state.ts";
import { BUTTON, EDGE } from "./paint/measures.ts";
import type { CellPlace } from "./paint/scene.ts";
import { CHECKS, HEADINGS, type Places } from "./place.ts";

/** The cell that is under the pointer. */
export interface Hit extends CellPlace {
  /** How far the pointer is from the cell's left edge, in pixels. */
  readonly x: number;
  readonly width: number;
}

/** Tells what is under the pointer: a cell, an edge between headings, a button within a cell. */
export class Hits {
  private readonly state: GridState;
  private readonly options: GridOptions;
  private readonly places: Places;

  constructor(state: GridState, options: GridOptions, places: Places) {
    this.state = state;
    this.options = options;
    this.places = places;
  }

  /** The cell under the pointer; undefined: there is none. */
  at(grid: DataGrid, event: MouseEvent): Hit | undefined {
    const { places } = this;
    const hit = grid.hitTest(event.clientX, event.clientY);
    if (hit.region === "void") return undefined;
    const row = places.rowOf(hit.region, hit.row);
    return { row, column: places.columnOf(hit.region, hit.column), x: hit.x, width: hit.width };
  }

  /** The row that is nearest to the pointer, wherever that is. */
  nearestRow(grid: DataGrid, event: MouseEvent): number {
    const { ly } = grid.mapToLocal(event.clientX, event.clientY);
    const within = Math.max(0, Math.min(ly, grid.viewportHeight - 1));
    const region = within >= grid.headerHeight ? "body" : "column-header";
    const at =
      region === "body"
        ? grid.rowAt("body", within - grid.headerHeight + grid.scrollY)
        : grid.rowAt("column-header", within);
    return Math.max(0, at < 0 ? this.state.order.length - 1 : this.places.rowOf(region, at));
  }

  columnOf(hit: Hit): GridColumn | undefined {
    return this.state.view.columns[hit.column];
  }

  /** The column whose right edge the pointer is on, in the headings. */
  edgeKey(hit: Hit): string | undefined {
    const { columns } = this.state.view;
    if (hit.row !== HEADINGS) return undefined;
    if (hit.x >= hit.width - EDGE) return columns[hit.column]?.key;
    return hit.x < EDGE ? columns[hit.column - 1]?.key : undefined;
  }

  /** Whether a press there does something by itself. */
  isButton(hit: Hit): boolean {
    if (hit.row === HEADINGS) return hit.column === CHECKS || this.columnOf(hit) !== undefined;
    return hit.column === CHECKS || this.isOpenButton(hit);
  }

  /** Whether the pointer is on what opens a heading's menu. */
  isMenuButton(hit: Hit): boolean {
    return hit.row === HEADINGS && this.columnOf(hit) !== undefined && hit.x > hit.width - BUTTON;
  }

  /** Whether the pointer is on what opens a row's page. */
  isOpenButton(hit: Hit): boolean {
    const isName = this.columnOf(hit)?.key === this.options.nameKey && hit.row !== HEADINGS;
    const id = this.state.order[hit.row];
    return isName && hit.x > hit.width - BUTTON && id !== undefined && this.options.hasPage(id);
  }
}
