import type { DataGrid } from "@lumino/datagrid";
import type { GridActions } from "./actions.ts";
import { withMoved, withWidth } from "./columns-state.ts";
import type { GridOptions } from "./grid-options.ts";
import type { GridState } from "./grid-state.ts";
import { BUTTON, EDGE } from "./paint/measures.ts";
import type { CellPlace } from "./paint/scene.ts";
import { CHECKS, HEADINGS, type Places } from "./place.ts";
import { howMany, NO_SELECTION, selectAll, selectOnly, selectTo, toggleRow } from "./selection.ts";
import { clampWidth } from "./widths.ts";

/** What the pointer needs besides. */
export interface PointerTarget {
  readonly state: GridState;
  readonly actions: GridActions;
  readonly options: GridOptions;
  readonly places: Places;
  readonly openMenu: (column: number) => void;
  readonly setHover: (place: CellPlace | undefined) => void;
  /** Shows where a heading would be put, in pixels from the left; undefined: nowhere. */
  readonly showDrop: (x: number | undefined) => void;
}

type Press =
  | { readonly type: "width"; readonly key: string; readonly from: number; readonly width: number }
  | {
      readonly type: "heading";
      readonly key: string;
      readonly from: number;
      readonly add: boolean;
      isDragged: boolean;
      before: string | null | undefined;
    }
  | { readonly type: "rows" };

/** What is under the pointer, by the places among what is shown. */
interface Hit extends CellPlace {
  readonly x: number;
  readonly width: number;
}

/** Does what the pointer asks of a grid. */
export class GridPointer implements DataGrid.IMouseHandler {
  private readonly target: PointerTarget;
  private press: Press | undefined;
  private hover: CellPlace | undefined;

  isDisposed = false;

  constructor(target: PointerTarget) {
    this.target = target;
  }

  dispose(): void {
    this.release();
    this.isDisposed = true;
  }

  release(): void {
    this.press = undefined;
    this.target.showDrop(undefined);
  }

  onMouseHover(grid: DataGrid, event: MouseEvent): void {
    const hit = this.hit(grid, event);
    const isEdge = hit !== undefined && this.edgeKey(hit) !== undefined;
    grid.viewport.node.style.cursor = isEdge ? "col-resize" : this.isButton(hit) ? "pointer" : "default";
    this.setHover(hit);
  }

  onMouseLeave(grid: DataGrid): void {
    grid.viewport.node.style.cursor = "";
    this.setHover(undefined);
  }

  onMouseDown(grid: DataGrid, event: MouseEvent): void {
    const hit = this.hit(grid, event);
    if (hit === undefined) return;
    if (hit.row === HEADINGS) this.pressHeading(grid, hit, event);
    else this.pressRow(hit, event);
  }

  onMouseMove(grid: DataGrid, event: MouseEvent): void {
    const { press } = this;
    const { state } = this.target;
    if (press?.type === "width") {
      const width = clampWidth(press.width + event.clientX - press.from);
      state.update({ columns: withWidth(state.look.columns, press.key, width) });
    } else if (press?.type === "heading") {
      if (Math.abs(event.clientX - press.from) > 5) press.isDragged = true;
      if (press.isDragged) this.dragHeading(grid, press, event);
    } else if (press?.type === "rows") {
      this.dragRows(grid, event);
    }
  }

  onMouseUp(): void {
    const { press } = this;
    const { state, actions } = this.target;
    if (press?.type !== "heading") return;
    if (!press.isDragged) actions.sort(press.key, press.add);
    else if (press.before !== null)
      state.update({ columns: withMoved(state.look.columns, press.key, press.before) });
  }

  onMouseDoubleClick(grid: DataGrid, event: MouseEvent): void {
    const { state, actions } = this.target;
    const hit = this.hit(grid, event);
    if (hit === undefined || hit.column === CHECKS) return;
    const edge = this.edgeKey(hit);
    if (edge !== undefined) state.update({ columns: withWidth(state.look.columns, edge, undefined) });
    else if (hit.row !== HEADINGS) actions.open(state.order[hit.row]);
  }

  onContextMenu(grid: DataGrid, event: MouseEvent): void {
    const hit = this.hit(grid, event);
    if (hit?.row !== HEADINGS || this.columnAt(hit) === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    this.target.openMenu(hit.column);
  }

  /** What is left when an end is reached goes on to what is around. */
  onWheel(grid: DataGrid, event: WheelEvent): void {
    const unit = event.deltaMode === 1 ? 28 : event.deltaMode === 2 ? grid.pageHeight : 1;
    const isSideways = event.shiftKey && event.deltaX === 0;
    const dx = (isSideways ? event.deltaY : event.deltaX) * unit;
    const dy = (isSideways ? 0 : event.deltaY) * unit;
    const { scrollX, scrollY } = grid;
    grid.scrollBy(dx, dy);
    if (grid.scrollX === scrollX && grid.scrollY === scrollY) return;
    event.preventDefault();
    event.stopPropagation();
  }

  private pressHeading(grid: DataGrid, hit: Hit, event: MouseEvent): void {
    const { state, openMenu } = this.target;
    const edge = this.edgeKey(hit);
    const column = this.columnAt(hit);
    if (edge !== undefined) {
      const width = this.widthOf(grid, edge);
      this.press = { type: "width", key: edge, from: event.clientX, width };
    } else if (hit.column === CHECKS) {
      const isAll = howMany(state.selection, state.order) === "all";
      state.select(isAll ? NO_SELECTION : selectAll(state.selection, state.order));
    } else if (column !== undefined) {
      state.activate({ row: HEADINGS, column: hit.column });
      if (this.isButton(hit) && hit.x > hit.width - BUTTON) openMenu(hit.column);
      else
        this.press = {
          type: "heading",
          key: column.key,
          from: event.clientX,
          add: event.shiftKey,
          isDragged: false,
          before: null,
        };
    }
  }

  private pressRow(hit: Hit, event: MouseEvent): void {
    const { state, actions } = this.target;
    const id = state.order[hit.row] as string;
    state.activate({ row: hit.row, column: hit.column === CHECKS ? state.active.column : hit.column });
    if (this.isOpenButton(hit)) {
      actions.open(id);
    } else if (event.shiftKey) {
      state.select(selectTo(state.selection, id, state.order, event.ctrlKey || event.metaKey));
    } else if (event.ctrlKey || event.metaKey || hit.column === CHECKS) {
      state.select(toggleRow(state.selection, id));
    } else {
      state.select(selectOnly(id));
      this.press = { type: "rows" };
    }
  }

  private dragRows(grid: DataGrid, event: MouseEvent): void {
    const { state, places } = this.target;
    const { ly } = grid.mapToLocal(event.clientX, event.clientY);
    if (ly >= grid.viewportHeight) grid.scrollByStep("down");
    else if (ly < grid.headerHeight && grid.scrollY > 0) grid.scrollByStep("up");
    const within = Math.max(0, Math.min(ly, grid.viewportHeight - 1));
    const isBody = within >= grid.headerHeight;
    const at = isBody
      ? grid.rowAt("body", within - grid.headerHeight + grid.scrollY)
      : grid.rowAt("column-header", within);
    const row = at < 0 ? state.order.length - 1 : places.rowOf(isBody ? "body" : "column-header", at);
    const id = state.order[Math.max(0, row)];
    if (id === undefined || row === state.active.row) return;
    state.activate({ row, column: state.active.column });
    state.select(selectTo(state.selection, id, state.order));
  }

  /** A heading is put before the one whose left half the pointer is on, or behind the last one of its kind. */
  private dragHeading(grid: DataGrid, press: Extract<Press, { type: "heading" }>, event: MouseEvent): void {
    const { state, showDrop } = this.target;
    const { columns, numFrozen } = state.view;
    const at = columns.findIndex((column) => column.key === press.key);
    const isFrozen = at < numFrozen;
    const { lx } = grid.mapToLocal(event.clientX, event.clientY);
    const group = isFrozen ? columns.slice(0, numFrozen) : columns.slice(numFrozen);
    const edges = group.map((column) => this.span(grid, column.key));
    const found = edges.findIndex(({ left, width }) => lx < left + width / 2);
    const next = group[found];
    // Those that aren't shown stay behind the one they follow.
    press.before = found < 0 ? this.behind(group.at(-1)?.key) : next?.key;
    if (next?.key === press.key || group[found < 0 ? group.length - 1 : found - 1]?.key === press.key)
      press.before = null;
    const last = edges.at(-1);
    const x = found < 0 ? (last?.left ?? 0) + (last?.width ?? 0) : (edges[found]?.left ?? 0);
    showDrop(press.before === null ? undefined : x);
  }

  private behind(key: string | undefined): string | undefined {
    const { order } = this.target.state.look.columns;
    return key === undefined ? undefined : order[order.indexOf(key) + 1];
  }

  /** Where a column is on the canvas. */
  private span(grid: DataGrid, key: string): { left: number; width: number } {
    const { state, places } = this.target;
    const column = state.view.columns.findIndex((other) => other.key === key);
    const spot = places.spotOf(0, column);
    const isLeft = spot.region === "row-header" || spot.region === "corner-header";
    const region = isLeft ? "row-header" : "body";
    const offset = grid.columnOffset(region, spot.column);
    return {
      left: isLeft ? offset : offset + grid.headerWidth - grid.scrollX,
      width: grid.columnSize(region, spot.column),
    };
  }

  private widthOf(grid: DataGrid, key: string): number {
    return this.span(grid, key).width;
  }

  private hit(grid: DataGrid, event: MouseEvent): Hit | undefined {
    const { places } = this.target;
    const hit = grid.hitTest(event.clientX, event.clientY);
    if (hit.region === "void") return undefined;
    const row = places.rowOf(hit.region, hit.row);
    return { row, column: places.columnOf(hit.region, hit.column), x: hit.x, width: hit.width };
  }

  private columnAt(hit: Hit) {
    return this.target.state.view.columns[hit.column];
  }

  /** The column whose right edge the pointer is on, in the headings. */
  private edgeKey(hit: Hit): string | undefined {
    const { columns } = this.target.state.view;
    if (hit.row !== HEADINGS) return undefined;
    if (hit.x >= hit.width - EDGE) return columns[hit.column]?.key;
    return hit.x < EDGE ? columns[hit.column - 1]?.key : undefined;
  }

  private isButton(hit: Hit | undefined): boolean {
    if (hit === undefined) return false;
    if (hit.row === HEADINGS) return hit.column === CHECKS || this.columnAt(hit) !== undefined;
    return hit.column === CHECKS || this.isOpenButton(hit);
  }

  private isOpenButton(hit: Hit): boolean {
    const { state, options } = this.target;
    const isName = this.columnAt(hit)?.key === options.nameKey && hit.row !== HEADINGS;
    const id = state.order[hit.row];
    return isName && hit.x > hit.width - BUTTON && id !== undefined && options.hasPage(id);
  }

  private setHover(place: CellPlace | undefined): void {
    if (place?.row === this.hover?.row && place?.column === this.hover?.column) return;
    this.hover = place === undefined ? undefined : { row: place.row, column: place.column };
    this.target.setHover(this.hover);
  }
}
