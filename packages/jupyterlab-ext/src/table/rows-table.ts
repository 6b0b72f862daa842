import { count as countText } from "@lazyruns/curves";
import { PanelLayout, Widget } from "@lumino/widgets";
import type { DataColumn } from "../data/runs-data.ts";
import { GridView } from "../grid/grid-view.ts";
import type { ViewSettings } from "../settings/view-settings.ts";
import type { ViewContext } from "../views/view-context.ts";
import { kindOf } from "./kinds.ts";

/**
 * A table of any rows: of a history or a data frame. Rows are selected only to be copied.
 *
 * @example
 * ```ts
 * const table = new RowsTable(context);
 * table.setData(history.columns, history.numRows);
 * ```
 */
export class RowsTable extends Widget {
  private readonly grid: GridView;

  readonly context: ViewContext;

  constructor(context: ViewContext) {
    super();
    this.context = context;
    this.addClass("lr-RowsTable");
    const { trans } = context;
    this.grid = new GridView(
      {
        trans,
        label: trans.__("Rows"),
        counted: (count) =>
          count === 0 ? trans.__("No rows") : trans._n("%2 row", "%2 rows", count, countText(count)),
        countedOf: (count, all) => trans.__("%1 of %2 rows", countText(count), countText(all)),
        searchLabel: trans.__("Search rows"),
        isOfRuns: false,
        nameKey: undefined,
        swatch: undefined,
        hasPage: () => false,
        pageOf: () => undefined,
        isFrozen: () => false,
      },
      context.settings,
    );
    const layout = new PanelLayout();
    layout.addWidget(this.grid);
    this.layout = layout;
  }

  /** Shows other rows, or the same anew: sorting, columns and place stay. */
  setData(columns: readonly DataColumn[], numRows: number): void {
    this.grid.setData({
      columns: columns.map(({ key, name, dtype, values }) => ({
        key,
        name,
        origin: "",
        kind: kindOf(dtype),
        values,
        isShown: true,
        canBeAlike: false,
      })),
      ids: Array.from({ length: numRows }, (_, row) => String(row)),
    });
  }

  /** Shows numbers as is set now. */
  setSettings(settings: ViewSettings): void {
    this.grid.setSettings(settings);
  }

  /** Draws anew in the colours of the theme that is on now. */
  themeChanged(): void {
    this.grid.themeChanged();
  }
}
