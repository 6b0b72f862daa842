import { stepOfLine } from "../history/index.ts";
import { FIRST, type LineRange, type Lines } from "../store/lines.ts";

/** A page ends where the first of these is reached: they bound the memory, and how long others wait. */
const MOST_ROWS = 4096;
const MOST_CELLS = 65_536;
const MOST_CHARACTERS = 4 * 2 ** 20;
/** How long lines are isn't known before the first page. */
const FIRST_ROWS = 256;

/**
 * Pages of lines in order of their steps, those of one step as they were logged; then those without a step.
 *
 * @param width - the cells that a row takes
 */
export function* linesByStep(
  lines: Lines,
  runId: number,
  range: LineRange,
  width: number,
): Generator<string[], void, undefined> {
  const most = Math.max(1, Math.min(MOST_ROWS, Math.floor(MOST_CELLS / width)));
  let limit = Math.min(FIRST_ROWS, most);
  const next = (page: readonly string[]) => {
    const characters = page.reduce((sum, line) => sum + line.length, 0) || 1;
    return Math.max(1, Math.min(most, Math.floor((MOST_CHARACTERS * page.length) / characters)));
  };
  let seen = 0;
  const steps = {
    minStep: Number.NEGATIVE_INFINITY,
    maxStep: Number.POSITIVE_INFINITY,
    endsBefore: false,
    fromLine: range.from,
    endLine: range.end,
  };
  for (let after = FIRST; ; ) {
    const page = lines.pageInSteps(runId, steps, after, limit);
    const last = page.at(-1);
    if (last === undefined) break;
    const texts = page.map(({ text }) => text);
    yield texts;
    seen += page.length;
    after = last;
    limit = next(texts);
  }
  if (seen === range.end - range.from) return;
  for (let number = range.from - 1; ; ) {
    const page = lines.page(runId, "history", number, limit).filter((line) => line.number < range.end);
    const last = page.at(-1);
    if (last === undefined) return;
    const texts = page.map(({ text }) => text).filter((text) => stepOfLine(text) === undefined);
    if (texts.length > 0) yield texts;
    number = last.number;
  }
}
