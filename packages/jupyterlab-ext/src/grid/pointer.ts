import type { DataGrid } from "@lumino/datagrid";
import type { GridActions } from "./actions.ts";
import { withWidth } from "./columns-state.ts";
import { columnSpan } from "./geometry.ts";
import type { GridOptions } from "./grid-options.ts";
import type { GridState } from "./grid-state.ts";
import { HeadingDrag } from "./heading-drag.ts";
import { type Hit, Hits } from "./hits.ts";
import type { CellPlace } from "./paint/scene.ts";
import { CHECKS, HEADINGS, type Places } from "./place.ts";
import { howMany, NO_SELECTION, selectAll, selectOnly, selectTo, toggleRow } from "./selection.ts";
import { clampWidth } from "./widths.ts";

/** What the pointer needs besides. */
interface PointerTarget {
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
  | { readonly type: "heading"; readonly drag: HeadingDrag; readonly add: boolean }
  | { readonly type: "rows" };

/** Does what the pointer asks of a grid. */
export class GridPointer implements DataGrid.IMouseHandler {
  private readonly target: PointerTarget;
  private readonly hits: Hits;
  private press: Press | undefined;
  private hover: CellPlace | undefined;

  isDisposed = false;

  constructor(target: PointerTarget) {
    this.target = target;
    this.hits = new Hits(target.state, target.options, target.places);
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
    const hit = this.hits.at(grid, event);
    const isEdge = hit !== undefined && this.hits.edgeKey(hit) !== undefined;
    const isButton = hit !== undefined && this.hits.isButton(hit);
    grid.viewport.node.style.cursor = isEdge ? "col-resize" : isButton ? "pointer" : "default";
    this.setHover(hit);
  }

  onMouseLeave(grid: DataGrid): void {
    grid.viewport.node.style.cursor = "";
    this.setHover(undefined);
  }

  onMouseDown(grid: DataGrid, event: MouseEvent): void {
    const hit = this.hits.at(grid, event);
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
      press.drag.move(grid, event);
    } else if (press?.type === "rows") {
      this.dragRows(grid, event);
    }
  }

  onMouseUp(): void {
    const { press } = this;
    if (press?.type !== "heading") return;
    if (press.drag.isDragged) press.drag.drop();
    else this.target.actions.sort(press.drag.key, press.add);
  }

  onMouseDoubleClick(grid: DataGrid, event: MouseEvent): void {
    const { state, actions } = this.target;
    const hit = this.hits.at(grid, event);
    if (hit === undefined || hit.column === CHECKS) return;
    const edge = this.hits.edgeKey(hit);
    if (edge !== undefined) state.update({ columns: withWidth(state.look.columns, edge, undefined) });
    else if (hit.row !== HEADINGS) actions.open(state.order[hit.row]);
  }

  onContextMenu(grid: DataGrid, event: MouseEvent): void {
    const hit = this.hits.at(grid, event);
    if (hit?.row !== HEADINGS || this.hits.columnOf(hit) === undefined) return;
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
    const edge = this.hits.edgeKey(hit);
    const column = this.hits.columnOf(hit);
    if (edge !== undefined) {
      this.press = { type: "width", key: edge, from: event.clientX, width: this.widthOf(grid, edge) };
    } else if (hit.column === CHECKS) {
      const isAll = howMany(state.selection, state.order) === "all";
      state.select(isAll ? NO_SELECTION : selectAll(state.selection, state.order));
    } else if (column !== undefined) {
      state.activate({ row: HEADINGS, column: hit.column });
      if (this.hits.isMenuButton(hit)) openMenu(hit.column);
      else
        this.press = {
          type: "heading",
          drag: new HeadingDrag(this.target, column.key, event.clientX),
          add: event.shiftKey,
        };
    }
  }

  private pressRow(hit: Hit, event: MouseEvent): void {
    const { state, actions } = this.target;
    const id = state.order[hit.row] as string;
    state.activate({ row: hit.row, column: hit.column === CHECKS ? state.active.column : hit.column });
    if (this.hits.isOpenButton(hit)) {
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
    const { state } = this.target;
    const { ly } = grid.mapToLocal(event.clientX, event.clientY);
    if (ly >= grid.viewportHeight) grid.scrollByStep("down");
    else if (ly < grid.headerHeight && grid.scrollY > 0) grid.scrollByStep("up");
    const row = this.hits.nearestRow(grid, event);
    const id = state.order[row];
    if (id === undefined || row === state.active.row) return;
    state.activate({ row, column: state.active.column });
    state.select(selectTo(state.selection, id, state.order));
  }

  private widthOf(grid: DataGrid, key: string): number {
    const { state, places } = this.target;
    const column = state.view.columns.findIndex((other) => other.key === key);
    return columnSpan(grid, places, column).width;
  }

  private setHover(place: CellPlace | undefined): void {
    if (place?.row === this.hover?.row && place?.column === this.hover?.column) return;
    this.hover = place === undefined ? undefined : { row: place.row, column: place.column };
    this.target.setHover(this.hover);
  }
}
