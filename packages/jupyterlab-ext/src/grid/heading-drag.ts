import type { DataGrid } from "@lumino/datagrid";
import { behindLast, withMoved } from "./columns-state.ts";
import { columnSpan } from "./geometry.ts";
import type { GridState } from "./grid-state.ts";
import type { Places } from "./place.ts";

/** How far the pointer moves before a press is a drag, in pixels. */
const SLACK = 5;

/** What a drag needs besides. */
interface DragTarget {
  readonly state: GridState;
  readonly places: Places;
  /** Shows where a heading would be put, in pixels from the left; undefined: nowhere. */
  readonly showDrop: (x: number | undefined) => void;
}

/** A heading that is pressed, and perhaps dragged to another place. */
export class HeadingDrag {
  private readonly target: DragTarget;
  private readonly from: number;
  /** Before which column it would be put; undefined: behind all; null: where it is. */
  private before: string | null | undefined = null;

  readonly key: string;
  isDragged = false;

  /** @param from - where it was pressed, in the window */
  constructor(target: DragTarget, key: string, from: number) {
    this.target = target;
    this.key = key;
    this.from = from;
  }

  /** A heading is put before the one whose left half the pointer is on, or behind the last one of its kind. */
  move(grid: DataGrid, event: MouseEvent): void {
    if (Math.abs(event.clientX - this.from) > SLACK) this.isDragged = true;
    if (!this.isDragged) return;
    const { state, places, showDrop } = this.target;
    const { columns, numFrozen } = state.view;
    const at = columns.findIndex((column) => column.key === this.key);
    const start = at < numFrozen ? 0 : numFrozen;
    const group = at < numFrozen ? columns.slice(0, numFrozen) : columns.slice(numFrozen);
    const spans = group.map((_, index) => columnSpan(grid, places, start + index));
    const { lx } = grid.mapToLocal(event.clientX, event.clientY);
    const found = spans.findIndex(({ left, width }) => lx < left + width / 2);
    const to = found < 0 ? group.length : found;
    const isThere = group[to]?.key === this.key || group[to - 1]?.key === this.key;
    const { order } = state.look.columns;
    const keys = group.map((column) => column.key);
    this.before = isThere ? null : (group[to]?.key ?? behindLast(order, keys));
    const last = spans.at(-1);
    const x = spans[to]?.left ?? (last?.left ?? 0) + (last?.width ?? 0);
    showDrop(isThere ? undefined : x);
  }

  /** Puts the heading where it was dragged to. */
  drop(): void {
    const { state } = this.target;
    if (this.before !== null) state.update({ columns: withMoved(state.look.columns, this.key, this.before) });
  }
}
