import type { TranslationBundle } from "@jupyterlab/translation";
import { count } from "@lazyruns/curves";
import type { HistoryData } from "../../data/history-data.ts";
import type { Lines } from "../model/lines.ts";

/** What is and isn't drawn. */
export interface Drawn {
  readonly history: HistoryData;
  readonly lines: Lines;
  /** The runs that were chosen; undefined: all. */
  readonly shown: readonly string[] | undefined;
  /** How many lines aren't switched off. */
  readonly visible: number;
  readonly charts: number;
  readonly most: number;
}

/** What is said above the charts, a sentence or two each. */
export function panelNotes(
  { history, lines, shown, visible, charts, most }: Drawn,
  trans: TranslationBundle,
): string[] {
  const notes: string[] = [];
  const isGrouped = lines.lines[0]?.isGroup === true;
  if (lines.total > most) {
    notes.push(
      isGrouped
        ? trans.__("The first %1 of %2 groups are drawn.", most, count(lines.total))
        : trans.__(
            "The first %1 of %2 runs are drawn. Select the runs to draw in the table, or group them.",
            most,
            count(lines.total),
          ),
    );
  }
  if (lines.absent > 0 && lines.total > 0) {
    notes.push(
      trans._n(
        "%2 of the chosen runs has no history here.",
        "%2 of the chosen runs have no history here.",
        lines.absent,
        count(lines.absent),
      ),
    );
  }
  if (history.metrics.length === 0) notes.push(trans.__("There are no numbers to draw here."));
  else if (lines.total === 0) {
    notes.push(
      shown === undefined
        ? trans.__("There are no rows to draw here.")
        : shown.length === 0
          ? trans.__("No run is chosen.")
          : trans.__("None of the chosen runs has a history here."),
    );
  } else if (visible === 0)
    notes.push(trans.__("All lines are switched off: switch one on in the list above."));
  else if (charts === 0) notes.push(trans.__("No metric is chosen: choose some under “Metrics”."));
  return notes;
}
