import type { PaletteName } from "../colors/palette.ts";

/** How numbers are shown: rounded to five digits, or as they are. */
export type NumberFormat = "short" | "full";

/** What people set for every output (the schema of it is `schema/plugin.json`). */
export interface ViewSettings {
  /** Columns that are on at first, in order: `state`, `config.lr`, `summary.loss`. Empty: those of the output. */
  readonly columns: readonly string[];
  /** The weight of the exponential moving average at first, from 0 to below 1. */
  readonly smoothing: number;
  /** How many rows a table shows before it scrolls, and how many runs the side panel asks for at once. */
  readonly rowsPerPage: number;
  readonly numberFormat: NumberFormat;
  readonly palette: PaletteName;
}

/** What holds where nobody set anything. */
export const DEFAULT_SETTINGS: ViewSettings = {
  columns: [],
  smoothing: 0,
  rowsPerPage: 12,
  numberFormat: "short",
  palette: "colorblind",
};
