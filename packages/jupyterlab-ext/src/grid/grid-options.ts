import type { TranslationBundle } from "@jupyterlab/translation";
import type { RunLook } from "../colors/run-colors.ts";
import type { GridColumn } from "./column.ts";

/** What a grid is made with. */
export interface GridOptions {
  readonly trans: TranslationBundle;
  /** What the grid is, for assistive technology. */
  readonly label: string;
  /** How many rows there are, in words: `3 runs`. */
  readonly counted: (count: number) => string;
  /** How many of all rows are shown, in words: `3 of 12 runs`. */
  readonly countedOf: (count: number, all: number) => string;
  /** What the search's field says while it is empty. */
  readonly searchLabel: string;
  /** Whether rows have check boxes, can be pinned, and whether what they have in common can be left out. */
  readonly isOfRuns: boolean;
  /** The key of the column that names the rows, and stays in sight at first. */
  readonly nameKey: string | undefined;
  readonly swatch: ((id: string) => RunLook) | undefined;
  /** Whether a row has a page: asked for each row at each repaint. */
  readonly hasPage: (id: string) => boolean;
  /** The page of a row; undefined: it has none. */
  readonly pageOf: (id: string) => string | undefined;
  /** Which columns stay in sight at first. */
  readonly isFrozen: (column: GridColumn) => boolean;
}
