import { ConfigurationError } from "../../errors.ts";
import { type RunRef, runDetails } from "../../graphql/run.ts";
import { askRows, OPERATION } from "./ask-rows.ts";
import { askWindow } from "./ask-window.ts";
import { doublesIn } from "./doubles.ts";
import { readExported } from "./exported-rows.ts";
import type { OpenedExports } from "./exports.ts";
import type { Extent } from "./extent.ts";
import type { ScanQuestion } from "./question.ts";
import { rowsIn, stepsOf } from "./steps.ts";
import { STEPS_END } from "./window.ts";

/**
 * Whether pages are seen to hold exported rows, too: some before the first live one. Where there can't be any before it,
 * nothing shows it.
 */
export async function pagesHoldExported(
  ref: RunRef,
  { liveFrom }: Extent,
  signal: AbortSignal,
): Promise<boolean> {
  const end = liveFrom === null ? STEPS_END : Math.floor(liveFrom);
  if (end <= 0) return false;
  const { chunks } = await askRows(ref, "history", { minStep: 0, maxStep: end, samples: 1 }, { signal });
  return (chunks[0]?.numRows ?? 0) > 0;
}

/** Whether pages hold exported rows, too: as the first that is in files tells. */
export async function pagesRepeat(
  ref: RunRef,
  opened: OpenedExports,
  { liveFrom }: Extent,
  signal: AbortSignal,
): Promise<boolean> {
  for await (const chunk of readExported(opened, FIRST_ROWS, signal)) {
    if (chunk.numRows === 0) continue;
    const step = Math.floor(Number(stepsOf(chunk)[0]));
    if (!(step >= 0 && step < STEPS_END)) return false; // no page can have it
    const window = { start: step, end: step + 1 };
    const { lists } = await askWindow(ref, FIRST_ROWS, window, signal);
    const exported = [rowsIn(chunk, window)];
    const isBeforeLive = liveFrom !== null && window.end <= liveFrom;
    return lists.some(
      ({ chunk: page }) => (isBeforeLive ? page.numRows : doublesIn(exported, page).size) > 0,
    );
  }
  return false;
}

const FIRST_ROWS: ScanQuestion = {
  stream: "default",
  keys: undefined,
  match: "all",
  minStep: undefined,
  maxStep: undefined,
  columns: [],
  batchRows: 1000,
  exports: "auto",
};

/** What a scan ends with that may not read files, of a run whose pages aren't seen to hold what is in them. */
export function onlyInFiles(ref: RunRef, isChosen: boolean): ConfigurationError {
  const { service, entity, project, run } = ref;
  const way = isChosen
    ? 'The scan was told { exports: "never" }: leave that out.'
    : "@lazyruns/export reads them: npm install @lazyruns/export, and then import it once.";
  return new ConfigurationError(
    `${service.baseUrl} has rows of run ${run} of ${entity}/${project} in Parquet files, and its pages don't show them. ${way}`,
    runDetails(ref, OPERATION),
  );
}
