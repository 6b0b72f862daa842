import type { ExportedFile } from "./exported-file.ts";
import type { RowGroup } from "./footer.ts";
import type { StepRange } from "./merge.ts";
import type { Unit } from "./unit.ts";
import type { WantedColumn } from "./wanted-columns.ts";

/** What rows are read of: the units that may hold some, and the columns that they have. */
export interface Plan {
  readonly units: readonly Unit[];
  readonly wanted: readonly WantedColumn[];
  readonly range: StepRange;
}

/** The row groups of a file that are wanted. */
export function groupsOf({ units }: Plan, file: ExportedFile): RowGroup[] {
  return units.filter((unit) => unit.file === file).map(({ group }) => group);
}
