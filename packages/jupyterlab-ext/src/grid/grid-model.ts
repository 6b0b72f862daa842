import { DataModel } from "@lumino/datagrid";
import { HEADINGS, type Places } from "./place.ts";

/** Tells the canvas how many rows and columns there are, and what they hold. */
export class GridModel extends DataModel {
  private readonly places: Places;

  constructor(places: Places) {
    super();
    this.places = places;
  }

  override rowCount(region: DataModel.RowRegion): number {
    return this.places.rowCount(region);
  }

  override columnCount(region: DataModel.ColumnRegion): number {
    return this.places.columnCount(region);
  }

  override data(region: DataModel.CellRegion, row: number, column: number): unknown {
    const { rows, columns } = this.places.view;
    const shown = columns[this.places.columnOf(region, column)];
    const at = this.places.rowOf(region, row);
    if (shown === undefined) return null;
    return at === HEADINGS ? shown.name : (shown.values[rows[at] as number] ?? null);
  }

  /** To be called when rows or columns are others. */
  reset(): void {
    this.emitChanged({ type: "model-reset" });
  }
}
