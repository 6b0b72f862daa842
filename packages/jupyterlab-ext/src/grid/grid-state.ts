import { type ISignal, Signal } from "@lumino/signaling";
import type { NumberFormat } from "../settings/view-settings.ts";
import type { GridColumn } from "./column.ts";
import { type ColumnsState, NO_COLUMNS, withColumns } from "./columns-state.ts";
import type { CellPlace } from "./paint/scene.ts";
import { HEADINGS } from "./place.ts";
import { keepSame } from "./same-data.ts";
import { NO_SELECTION, type Selection } from "./selection.ts";
import { type GridData, type GridLook, type GridRows, lookAt } from "./view.ts";

/** What is other: rows or columns that are shown, columns' widths, which rows are selected, or where the keys are. */
export type GridChange = "view" | "widths" | "selection" | "focus";

const NOTHING: GridData = { columns: [], ids: [] };
const FIRST_LOOK: GridLook = {
  sorts: [],
  filters: new Map(),
  search: "",
  pinned: new Set(),
  isDiffering: false,
  columns: NO_COLUMNS,
};

/** What a grid shows and how, without anything that draws. */
export class GridState {
  private readonly changes = new Signal<this, GridChange>(this);
  private readonly isFrozen: (column: GridColumn) => boolean;
  private format: NumberFormat = "short";
  private shownIds: readonly string[] | undefined;
  private selectedIds: readonly string[] | undefined;
  private activeId: string | undefined;
  private activeKey: string | undefined;

  data: GridData = NOTHING;
  look: GridLook = FIRST_LOOK;
  view: GridRows = lookAt(NOTHING, FIRST_LOOK, "short");
  selection: Selection = NO_SELECTION;
  /** The cell that keys work on; it is always one that is shown, if any is. */
  active: CellPlace = { row: HEADINGS, column: 0 };

  /** @param isFrozen - which columns stay in sight at first */
  constructor(isFrozen: (column: GridColumn) => boolean) {
    this.isFrozen = isFrozen;
  }

  get changed(): ISignal<this, GridChange> {
    return this.changes;
  }

  /** How numbers are shown: what is searched for in them. */
  get numberFormat(): NumberFormat {
    return this.format;
  }

  set numberFormat(format: NumberFormat) {
    if (format === this.format) return;
    this.format = format;
    if (this.look.search.trim() !== "") this.refresh();
  }

  /** The ids of the rows that are shown, in order. */
  get order(): readonly string[] {
    this.shownIds ??= Array.from(this.view.rows, (row) => this.data.ids[row] as string);
    return this.shownIds;
  }

  /** The ids of the selected rows that are shown, in order. */
  get selected(): readonly string[] {
    const { ids } = this.selection;
    this.selectedIds ??= ids.size === 0 ? [] : this.order.filter((id) => ids.has(id));
    return this.selectedIds;
  }

  /** Takes other data, or the same anew: all else stays. */
  setData(data: GridData): void {
    const next = keepSame(this.data, data);
    if (next === this.data) return;
    this.data = next;
    this.look = { ...this.look, columns: withColumns(this.look.columns, next.columns, this.isFrozen) };
    this.refresh();
  }

  /** Looks at the rows in another way. */
  update(patch: Partial<GridLook>): void {
    const before = this.look;
    this.look = { ...before, ...patch };
    const { columns, ...others } = patch;
    const isOfColumns = Object.keys(others).length === 0 && columns !== undefined;
    if (isOfColumns && isSameButWidths(before.columns, columns)) this.changes.emit("widths");
    else this.refresh();
  }

  /** Shows every column. */
  showAllColumns(): void {
    const { columns } = this.look;
    this.update({ columns: { ...columns, shown: new Set(columns.order) }, isDiffering: false });
  }

  /** Looks at the rows as at first; what is selected stays. */
  reset(): void {
    this.update({ ...FIRST_LOOK, columns: withColumns(NO_COLUMNS, this.data.columns, this.isFrozen) });
  }

  select(selection: Selection): void {
    if (selection === this.selection) return;
    this.selection = selection;
    this.selectedIds = undefined;
    this.changes.emit("selection");
  }

  /** Moves what keys work on; places beyond the ends are those at the ends. */
  activate(place: CellPlace): void {
    const { rows, columns } = this.view;
    const row = Math.max(HEADINGS, Math.min(place.row, rows.length - 1));
    const column = Math.max(0, Math.min(place.column, columns.length - 1));
    this.activeId = row === HEADINGS ? undefined : this.order[row];
    this.activeKey = columns[column]?.key;
    this.active = { row, column };
    this.changes.emit("focus");
  }

  private refresh(): void {
    this.view = lookAt(this.data, this.look, this.format);
    this.shownIds = undefined;
    this.selectedIds = undefined;
    this.follow();
    this.changes.emit("view");
  }

  /** Keeps to the row and column that keys were on, or what is near them now. */
  private follow(): void {
    const { rows, columns } = this.view;
    const key = columns.findIndex((column) => column.key === this.activeKey);
    const column = key >= 0 ? key : Math.max(0, Math.min(this.active.column, columns.length - 1));
    const found = this.activeId === undefined ? HEADINGS : this.order.indexOf(this.activeId);
    const isGone = found < 0 && this.activeId !== undefined;
    this.active = { row: isGone ? Math.min(this.active.row, rows.length - 1) : found, column };
  }
}

function isSameButWidths(one: ColumnsState, other: ColumnsState): boolean {
  return one.order === other.order && one.shown === other.shown && one.frozen === other.frozen;
}
