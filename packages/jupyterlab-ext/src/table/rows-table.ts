import { Widget } from "@lumino/widgets";
import type { DataColumn } from "../data/runs-data.ts";
import type { ViewSettings } from "../settings/view-settings.ts";
import type { ViewContext } from "../views/view-context.ts";

/** A table of any rows: of a history or a data frame. */
export class RowsTable extends Widget {
  readonly context: ViewContext;

  constructor(context: ViewContext) {
    super();
    this.context = context;
  }

  /** Shows other rows, or the same anew: sorting, columns and place stay. */
  setData(_columns: readonly DataColumn[], _numRows: number): void {}

  setSettings(_settings: ViewSettings): void {}

  /** Draws anew in the colours of the theme that is on now. */
  themeChanged(): void {}
}
