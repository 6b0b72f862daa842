import { setImmediate } from "node:timers/promises";
import {
  type HistorySpec,
  hasSteps,
  holdsKeys,
  rowMembers,
  sampledHistory,
  sampleRows,
} from "../history/index.ts";
import { FIRST, type Line, type Lines } from "../store/lines.ts";

/** Lines are read so many at a time, and others have their turn in between. */
const PAGE = 8192;

/**
 * What specs of one range of steps ask for of a run's history, each as the text of a JSON list. Lines are read once for
 * all of them.
 *
 * @param firstLive - lines of smaller numbers aren't in pages of steps
 */
export async function sampledSpecs(
  lines: Lines,
  runId: number,
  firstLive: number,
  specs: readonly HistorySpec[],
): Promise<string[]> {
  const next = pages(lines, runId, firstLive, specs[0] as HistorySpec);
  let page = next();
  if (page.length < PAGE) return specs.map((spec) => sampledHistory(textsOf(page), spec));
  // Which lines are taken is known at the end: until then their numbers are enough.
  const found = specs.map((spec) => ({ spec, numbers: [] as number[] }));
  for (; page.length > 0; page = next()) {
    for (const { number, text } of page) {
      const row = rowMembers(text);
      for (const { spec, numbers } of found) if (holdsKeys(row, spec)) numbers.push(number);
    }
    await setImmediate();
  }
  return found.map(({ spec, numbers }) => {
    const taken = sampleRows(numbers, spec.samples);
    const texts = lines.withNumbers(runId, taken);
    return sampledHistory(
      taken.flatMap((number) => texts.get(number) ?? []),
      spec,
    );
  });
}

/** Gives the next page each time: in order of steps for a range of them, else as they were logged. */
function pages(lines: Lines, runId: number, firstLive: number, spec: HistorySpec): () => readonly Line[] {
  let last = FIRST;
  if (!hasSteps(spec)) {
    return () => {
      const page = lines.page(runId, "history", last.number, PAGE);
      last = { ...last, number: page.at(-1)?.number ?? last.number };
      return page;
    };
  }
  const { minStep, maxStep } = spec;
  const range = { minStep, maxStep, endsBefore: false, fromLine: firstLive };
  return () => {
    const page = lines.pageInSteps(runId, range, last, PAGE);
    last = page.at(-1) ?? last;
    return page;
  };
}

function textsOf(page: readonly Line[]): string[] {
  return page.map(({ text }) => text);
}
