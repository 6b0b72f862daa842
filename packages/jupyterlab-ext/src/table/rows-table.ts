import { count as countText } from "@lazyruns/curves";
import type { DataColumn } from "../data/runs-data.ts";
import type { ViewContext } from "../views/view-context.ts";
import { GridFrame } from "./grid-frame.ts";
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
export class RowsTable extends GridFrame {
  constructor(context: ViewContext) {
    const { trans } = context;
    super(context, {
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
    });
    this.addClass("lr-RowsTable");
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
}
