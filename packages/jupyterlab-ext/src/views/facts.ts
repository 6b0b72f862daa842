import type { TranslationBundle } from "@jupyterlab/translation";
import { count } from "@lazyruns/curves";
import type { HistoryData } from "../data/history-data.ts";
import type { DataColumn, RunsData } from "../data/runs-data.ts";

/** What of the runs isn't in the output, in sentences. */
export function runsFacts(data: RunsData, trans: TranslationBundle): string[] {
  const { ids, loaded, columns, columnsLeftOut } = data;
  const facts: string[] = [];
  if (ids.length < loaded) {
    facts.push(trans.__("The first %1 of the %2 loaded runs are here.", count(ids.length), count(loaded)));
  }
  return [...facts, ...columnFacts(columns, columnsLeftOut, trans)];
}

/** What of histories, a frame or a plot isn't in the output, in sentences. */
export function historyFacts(data: HistoryData, trans: TranslationBundle): string[] {
  const { numRows, totalRows, rows, head, runsLeftOut, columns, columnsLeftOut } = data;
  const facts: string[] = [];
  if (rows === "ends") {
    facts.push(
      trans.__(
        "The first %1 and the last %2 of %3 rows are here.",
        count(head),
        count(numRows - head),
        count(totalRows),
      ),
    );
  } else if (rows === "sampled" && numRows < totalRows) {
    facts.push(
      trans.__(
        "%1 of %2 rows are here: those that keep the curves' shape.",
        count(numRows),
        count(totalRows),
      ),
    );
  }
  if (runsLeftOut > 0) {
    facts.push(
      trans._n(
        "%2 run is left out to keep the notebook small.",
        "%2 runs are left out to keep the notebook small.",
        runsLeftOut,
        count(runsLeftOut),
      ),
    );
  }
  return [...facts, ...columnFacts(columns, columnsLeftOut, trans)];
}

function columnFacts(
  columns: readonly DataColumn[],
  columnsLeftOut: number,
  trans: TranslationBundle,
): string[] {
  const facts: string[] = [];
  if (columnsLeftOut > 0) {
    facts.push(
      trans._n(
        "%2 column is left out to keep the notebook small.",
        "%2 columns are left out to keep the notebook small.",
        columnsLeftOut,
        count(columnsLeftOut),
      ),
    );
  }
  const shortened = columns.reduce((sum, column) => sum + column.shortened, 0);
  if (shortened > 0) {
    facts.push(
      trans._n(
        "%2 long value is cut off, where it ends in “…”.",
        "%2 long values are cut off, where they end in “…”.",
        shortened,
        count(shortened),
      ),
    );
  }
  return facts;
}
