import type { ExportedFile } from "./exported-file.ts";
import type { RowGroup } from "./footer.ts";
import type { Extent } from "./step-statistics.ts";
import type { FoundColumn } from "./wanted-columns.ts";

/** A row group of one of the files: what is decoded at once. */
export interface Unit {
  readonly file: ExportedFile;
  readonly group: RowGroup;
  /** The file's columns that are wanted. */
  readonly columns: readonly FoundColumn[];
  readonly steps: Extent;
  /** Its place among all units: of rows of one step, those of the unit with the lower one come first. */
  readonly order: number;
}
