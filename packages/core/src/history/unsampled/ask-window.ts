import { ProtocolError } from "../../errors.ts";
import { orAskLess } from "../../graphql/ask-less.ts";
import { type RunRef, runDetails } from "../../graphql/run.ts";
import type { Chunk } from "../table/chunk.ts";
import { askRows, OPERATION } from "./ask-rows.ts";
import type { ScanQuestion } from "./question.ts";
import { listsOf, selectionOf } from "./selection.ts";
import { orderBySteps, rowsIn, stepsOf } from "./steps.ts";
import type { Window } from "./window.ts";

/** Rows that are asked for of a window: twice what one is to bring at the most, so that an answer cut short shows. */
export const SAMPLES = 2000;

/** The rows of one list of an answer. */
export interface List {
  /** Those of the window, in the order of their steps. */
  readonly chunk: Chunk;
  /** How many came. */
  readonly rows: number;
}

/** What came of a window. */
export interface Answer {
  readonly window: Window;
  readonly lists: readonly List[];
  readonly bytes: number;
}

/** Asks for a window. Of a single step as many rows as there are: it has no parts. */
export async function askWindow(
  ref: RunRef,
  question: Pick<ScanQuestion, "keys" | "match">,
  window: Window,
  signal: AbortSignal,
): Promise<Answer> {
  const isDivisible = window.end - window.start > 1;
  const onFailure = orAskLess(isDivisible);
  for (let samples = SAMPLES, before = 0; ; samples *= 8) {
    const { field, variables } = selectionOf(question, samples, window);
    const { chunks, bytes } = await askRows(ref, field, variables, { signal, onFailure });
    const expected = listsOf(question);
    if (chunks.length !== expected) throw missingLists(ref, chunks.length, expected);
    const lists = chunks.map((chunk) => listOf(ref, chunk, window));
    const answer = { window, lists, bytes };
    const rows = mostRows(answer);
    if (isDivisible || rows < samples || rows === before) return answer;
    before = rows;
  }
}

function missingLists(ref: RunRef, came: number, expected: number): ProtocolError {
  return new ProtocolError(
    `${ref.service.baseUrl} gave ${came} of ${expected} lists of rows, ${OPERATION} of run ${ref.run} of ` +
      `${ref.entity}/${ref.project}.`,
    runDetails(ref, OPERATION),
  );
}

/** @throws ProtocolError for rows of other steps: of a server that pays no heed to steps, nothing would be known */
function listOf(ref: RunRef, chunk: Chunk, window: Window): List {
  const steps = stepsOf(chunk);
  for (let row = 0; row < steps.length; row++) {
    const step = Number(steps[row]);
    if (!(step < window.start || step > window.end)) continue;
    throw new ProtocolError(
      `${ref.service.baseUrl} gives a row of step ${step} when it is asked for the steps from ${window.start} to ` +
        `${window.end}, ${OPERATION} of run ${ref.run} of ${ref.entity}/${ref.project}. Is a proxy in between?`,
      runDetails(ref, OPERATION),
    );
  }
  return { chunk: rowsIn(orderBySteps(chunk), window), rows: chunk.numRows };
}

/** The rows that came of the longest list. */
export function mostRows({ lists }: Answer): number {
  return Math.max(0, ...lists.map(({ rows }) => rows));
}
