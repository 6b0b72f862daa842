import { count as countText } from "@lazyruns/curves";
import { type ISignal, Signal } from "@lumino/signaling";
import type { RunsData } from "../data/runs-data.ts";
import { hasRunPage, runPage } from "../data/web-page.ts";
import type { GridChange, GridState } from "../grid/grid-state.ts";
import type { ViewSettings } from "../settings/view-settings.ts";
import type { ViewContext } from "../views/view-context.ts";
import { GridFrame } from "./grid-frame.ts";
import { nameAsides, namesOrIds } from "./name-asides.ts";
import { NAME, runsColumns } from "./runs-columns.ts";

/**
 * A table of runs: sorted, filtered, and selected from.
 *
 * @example
 * ```ts
 * const table = new RunsTable(context);
 * table.setData(data);
 * table.changed.connect(() => curves.setShown(table.selection));
 * ```
 */
export class RunsTable extends GridFrame {
  private readonly changes = new Signal<this, void>(this);
  private settings: ViewSettings;
  private data: RunsData | undefined;
  /** Where in the data a run is; undefined: not needed so far. */
  private rows: ReadonlyMap<string, number> | undefined;

  constructor(context: ViewContext) {
    const { trans, colors } = context;
    super(context, {
      label: trans.__("Runs"),
      counted: (count) =>
        count === 0 ? trans.__("No runs") : trans._n("%2 run", "%2 runs", count, countText(count)),
      countedOf: (count, all) => trans.__("%1 of %2 runs", countText(count), countText(all)),
      searchLabel: trans.__("Search runs"),
      isOfRuns: true,
      nameKey: NAME,
      swatch: (id) => colors.look(id, this.settings.palette),
      hasPage: (id) => this.data !== undefined && hasRunPage(this.data, this.rowOf(id)),
      pageOf: (id) => this.pageOf(id),
      isFrozen: (column) => column.key === NAME,
    });
    this.settings = context.settings;
    this.addClass("lr-RunsTable");
    this.grid.state.changed.connect(this.onChanged, this);
  }

  /** Told when the selection, the order or what passes the filters is another. */
  get changed(): ISignal<this, void> {
    return this.changes;
  }

  /** The ids of the selected runs that pass the filters, in the order they are shown in. */
  get selection(): readonly string[] {
    return this.grid.state.selected;
  }

  /** The web page of the first of the selected runs; undefined: none is selected, or it has no page. */
  get page(): string | undefined {
    const [id] = this.selection;
    return id === undefined ? undefined : this.pageOf(id);
  }

  /** The ids of the runs that pass the filters, in the order they are shown in. */
  get shown(): readonly string[] {
    return this.grid.state.order;
  }

  /** Puts the selected runs into the clipboard, as a table for spreadsheets with the columns that are shown. */
  async copySelection(): Promise<void> {
    await this.grid.copySelection();
  }

  /** Shows every column there is. */
  showAllColumns(): void {
    this.grid.state.showAllColumns();
  }

  /** Undoes all sorting, filters and pins, and what was done to columns; the selection stays. */
  reset(): void {
    this.grid.state.reset();
  }

  /** Shows other runs, or the same anew: sorting, filters, columns, place and selection stay. */
  setData(data: RunsData): void {
    this.data = data;
    this.rows = undefined;
    const columns = runsColumns(data.columns, this.settings.columns, this.context.trans).map((column) => {
      if (column.key !== NAME) return column;
      const values = namesOrIds(column.values, data);
      const asides = nameAsides(values, data);
      return asides === undefined ? { ...column, values } : { ...column, values, asides };
    });
    this.grid.setData({ columns, ids: data.ids });
  }

  /** Shows numbers and colours as is set now; the columns that are on at first hold for outputs that come. */
  override setSettings(settings: ViewSettings): void {
    this.settings = settings;
    super.setSettings(settings);
  }

  private pageOf(id: string): string | undefined {
    return this.data === undefined ? undefined : runPage(this.data, this.rowOf(id));
  }

  private rowOf(id: string): number {
    this.rows ??= new Map(this.data?.ids.map((other, row) => [other, row]));
    return this.rows.get(id) ?? -1;
  }

  private onChanged(_state: GridState, change: GridChange): void {
    if (change === "selection" || change === "view") this.changes.emit();
  }
}
