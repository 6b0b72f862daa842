import { isTooMuch } from "../../transport/too-much.ts";
import type { Chunk } from "../table/chunk.ts";
import { type Answer, type List, SAMPLES } from "./ask-window.ts";
import { countSteps, stepsOf } from "./steps.ts";
import type { Trust } from "./trust.ts";
import { cutAt, STEPS_END, type Window } from "./window.ts";

/** Asks for another window of the same rows. */
type Ask = (window: Window) => Promise<Answer>;

/**
 * Whether an answer has every row of its window. It has when each step has come, or when the server gave more rows at
 * once before; where neither is so, it is asked: for a longer window, and else for this one in parts.
 */
export async function isWhole(answer: Answer, trust: Trust, ask: Ask): Promise<boolean> {
  const { window, lists } = answer;
  const steps = window.end - window.start;
  if (steps === 1) return true;
  let unproven: List | undefined;
  for (const list of lists) {
    const { rows, chunk } = list;
    if (mayBeTooMany(list, window)) return false;
    if (trust.covers(rows)) continue;
    const count = countSteps(chunk);
    if (count === steps && count === chunk.numRows) trust.show(rows);
    else if (rows > (unproven?.rows ?? 0)) unproven = list;
  }
  if (unproven === undefined) return true;
  if (trust.isCut(unproven.rows)) return false;
  const { rows, chunk } = unproven;
  return trust.prove(rows, async () => {
    if (await isWholeByMore(answer, trust, ask)) return true;
    const isWhole = await isWholeInParts(answer, chunk, ask);
    if (!isWhole) trust.doubt(rows);
    return isWhole;
  });
}

/** Whether so many rows came that an answer may be short of some for what was asked alone. */
function mayBeTooMany({ rows }: List, { start, end }: Window): boolean {
  return rows >= SAMPLES || (end - start > SAMPLES && rows > SAMPLES / 2);
}

/**
 * Whether a window twice as long has as many more rows as its other half: then the server doesn't stop at so few. False
 * where that tells nothing.
 */
async function isWholeByMore({ window, lists }: Answer, trust: Trust, ask: Ask): Promise<boolean> {
  const { start, end } = window;
  const longer = { start, end: Math.min(2 * end - start, STEPS_END) };
  if (longer.end === end) return false;
  let both: Answer;
  let next: Answer;
  try {
    [both, next] = await Promise.all([ask(longer), ask({ start: end, end: longer.end })]);
  } catch (error) {
    if (isTooMuch(error)) return false;
    throw error;
  }
  let isShown = true;
  for (const [index, { chunk, rows }] of lists.entries()) {
    const [more, rest] = [both.lists[index], next.lists[index]];
    if (more === undefined || rest === undefined || mayBeTooMany(more, longer)) return false;
    if (more.chunk.numRows < chunk.numRows + rest.chunk.numRows) trust.doubt(more.rows);
    const isSum = more.chunk.numRows === chunk.numRows + rest.chunk.numRows;
    if (isSum && more.rows > rows) trust.show(more.rows);
    else if (!isSum || !trust.covers(rows)) isShown = false;
  }
  return isShown;
}

/** Whether the window in two parts has no more rows. */
async function isWholeInParts({ window, lists }: Answer, chunk: Chunk, ask: Ask): Promise<boolean> {
  const answers = await Promise.all(cutAt(window, inTheMiddle(chunk)).map(ask));
  return lists.every(({ chunk }, index) => {
    const inParts = answers.map(({ lists }) => lists[index]?.chunk.numRows ?? 0);
    return inParts.reduce((sum, rows) => sum + rows, 0) === chunk.numRows;
  });
}

/** Where to cut a window so that each part has half of the rows; all around the step where it is the only one. */
export function inTheMiddle(chunk: Chunk): number[] {
  const steps = stepsOf(chunk);
  const middle = Math.floor(Number(steps[steps.length >> 1]));
  return middle > Number(steps[0]) ? [middle] : [middle, middle + 1];
}
