import { setImmediate } from "node:timers/promises";
import { HistoryKeys } from "../history/index.ts";
import type { Store } from "../store/store.ts";

/** Lines are read so many at a time, and others have their turn in between. */
const PAGE = 4096;
/** Fewer new lines aren't worth a write. */
const WORTH_KEEPING = 4096;

/**
 * What a run's history holds; null when there is none. What was found out of a long history is kept, so that only the
 * lines that came since are read the next time.
 */
export async function runKeys({ lines, historyFacts }: Store, runId: number): Promise<object | null> {
  const end = lines.count(runId, "history");
  if (end === 0) return null;
  const { rewrites } = lines;
  const kept = historyFacts.find(runId);
  const keys = kept === undefined ? new HistoryKeys() : HistoryKeys.load(kept.facts);
  for (let after = (kept?.lines ?? 0) - 1; ; await setImmediate()) {
    const page = lines.page(runId, "history", after, PAGE).filter(({ number }) => number < end);
    for (const { text } of page) keys.add(text);
    if (page.length < PAGE) break;
    after = page.at(-1)?.number ?? after;
  }
  const isNew = end - (kept?.lines ?? 0) >= WORTH_KEEPING;
  // A line that was written anew while others were read may have been taken in as it was.
  if (isNew && rewrites === lines.rewrites) keep(historyFacts, runId, end, keys);
  return keys.answer();
}

function keep(store: Store["historyFacts"], runId: number, lines: number, keys: HistoryKeys): void {
  try {
    store.write(runId, { lines, facts: keys.save() });
  } catch {
    // The run was deleted meanwhile, or the disk is full: the next one to ask reads all lines again.
  }
}
