import type { DataModel } from "@lumino/datagrid";
import type { RunLook } from "../../colors/run-colors.ts";
import type { NumberFormat } from "../../settings/view-settings.ts";
import type { Places } from "../place.ts";
import type { GridTheme } from "../theme.ts";
import type { GridLook } from "../view.ts";

/** A cell on the canvas: where it is, in pixels, and which one of which region of the grid. */
export interface CellBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly region: DataModel.CellRegion;
  readonly row: number;
  readonly column: number;
  readonly value: unknown;
}

/** A cell by its places among what is shown. */
export interface CellPlace {
  readonly row: number;
  readonly column: number;
}

/** All that decides how the canvas looks, as it is when it is drawn. */
export interface Scene {
  readonly places: Places;
  readonly theme: GridTheme;
  readonly numberFormat: NumberFormat;
  readonly look: GridLook;
  readonly ids: readonly string[];
  readonly selected: ReadonlySet<string>;
  /** How many of the rows that are shown are selected. */
  readonly checked: "all" | "some" | "none";
  /** The cell that keys work on, where the grid has the focus. */
  readonly focus: CellPlace | undefined;
  /** What the pointer is on. */
  readonly hover: CellPlace | undefined;
  /** Whether a heading that is shown says what its column belongs to. */
  readonly hasOrigins: boolean;
  /** The key of the column that names the rows. */
  readonly nameKey: string | undefined;
  /** How a row's line is drawn elsewhere. */
  readonly swatch: ((id: string) => RunLook) | undefined;
  /** Whether a row has a page that can be opened. */
  readonly canOpen: (id: string) => boolean;
}
