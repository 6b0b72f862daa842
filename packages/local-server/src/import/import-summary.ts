import { counted } from "../counted.ts";
import type { ImportedPart } from "./import-part.ts";

/** Counts what became of the files of an import. */
export class ImportSummary {
  /** Files that can't be read, or that name a run as no run can be named. */
  refused = 0;
  readonly #count = { new: 0, appended: 0, grown: 0, known: 0, left: 0 };
  #rows = 0;

  add({ outcome, rows }: ImportedPart): void {
    this.#count[outcome]++;
    this.#rows += rows;
  }

  /** One line, for the person who starts the server. */
  toText(path: string): string {
    const { new: made, appended, grown, known, left } = this.#count;
    const parts = [
      counted(made, "run"),
      ...(appended > 0 ? [counted(appended, "later part")] : []),
      ...(grown > 0 ? [`what is new of ${counted(grown, "run")}`] : []),
    ];
    const rest = [
      ...(known > 0 ? [`${known} already there`] : []),
      ...(left > 0
        ? [`${left} left as they are, because they were logged to here or go on in a later file`]
        : []),
      ...(this.refused > 0 ? [`${this.refused} not imported`] : []),
    ];
    return `Imported ${parts.join(", ")} (${counted(this.#rows, "row")}) of ${path}${rest.map((text) => `; ${text}`).join("")}.`;
  }
}
