import { type Divided, divisibleMap } from "../../async/divisible-map.ts";
import { ProtocolError } from "../../errors.ts";
import { orAskLess } from "../../graphql/ask-less.ts";
import { type RunRef, runDetails } from "../../graphql/run.ts";
import { CONNECTIONS } from "../../transport/connections.ts";
import { isTooMuch } from "../../transport/too-much.ts";
import { prepareScanner } from "../scan/scanner.ts";
import type { Chunk } from "../table/chunk.ts";
import { askRows, OPERATION } from "./ask-rows.ts";
import type { ScanQuestion } from "./question.ts";
import { selectionOf, together } from "./selection.ts";
import { countSteps, orderBySteps, rowsIn, stepsOf } from "./steps.ts";
import { type Trust, trustOf } from "./trust.ts";
import { cutAt, halves, type Window } from "./window.ts";
import { WindowPlan } from "./window-plan.ts";

/** Rows that are asked for of a window: twice what one is to bring at the most, so that an answer cut short shows. */
export const SAMPLES = 2000;

/** Windows beyond those on the line: their answers are unpacked and read while the next requests are under way. */
const BEING_READ = 4;

/** The most parts that a window is cut into at once. */
const MOST_PARTS = 32;

/** Which rows of a run's pages are read. */
export interface PageQuestion extends Pick<ScanQuestion, "keys" | "match"> {
  readonly window: Window;
  /** About how many rows there are in it, where it is known. */
  readonly rows: number | undefined;
}

/** All rows of a window, in the order of their steps. */
export interface Page {
  readonly window: Window;
  readonly chunk: Chunk;
}

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

/**
 * Every row of a range of steps, a window of steps after another, several requests at a time.
 *
 * The server samples what it gives when it has more rows than were asked for, or than it likes, and doesn't say so. An
 * answer is taken for whole when each step of its window has come; or when it has no more rows than another that was
 * whole. What isn't known to be whole is proved by asking again in two parts: where they hold no more rows, it was whole.
 * A window that wasn't is asked for in parts.
 */
export function readPages(
  ref: RunRef,
  question: PageQuestion,
  signal: AbortSignal,
): AsyncGenerator<Page, void, undefined> {
  const plan = new WindowPlan(question.window, question.rows, trustIn(ref, question).target);
  setImmediate(prepareScanner);
  const limits = { inFlight: CONNECTIONS + BEING_READ, window: 2 * CONNECTIONS, signal };
  return divisibleMap(plan.next, limits, (window, inner) => readWindow(ref, question, plan, window, inner));
}

async function readWindow(
  ref: RunRef,
  question: PageQuestion,
  plan: WindowPlan,
  window: Window,
  signal: AbortSignal,
): Promise<Divided<Window, Page>> {
  const trust = trustIn(ref, question);
  let answer: Answer;
  try {
    answer = await askWindow(ref, question, window, signal);
  } catch (error) {
    const parts = halves(window);
    if (!isTooMuch(error) || parts.length === 1) throw error;
    trust.doubt(trust.target.value);
    plan.tooMuch();
    return { parts };
  }
  const rows = mostRows(answer);
  const askPart = (part: Window) => askWindow(ref, question, part, signal);
  if (!(await isWhole(answer, trust, askPart))) {
    trust.doubt(rows);
    plan.tooMuch();
    return { parts: partsOf(answer, question, trust.target.value) };
  }
  trust.target.succeed();
  plan.observe({ window, rows, bytes: answer.bytes });
  const chunks = answer.lists.map(({ chunk }) => chunk);
  return { result: { window, chunk: together(chunks, question) } };
}

/** What is known of a server's answers to such questions. */
export function trustIn({ service }: RunRef, { keys }: Pick<ScanQuestion, "keys">): Trust {
  return trustOf(service, keys === undefined ? "history" : "sampledHistory");
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
    const lists = chunks.map((chunk) => listOf(ref, chunk, window));
    const answer = { window, lists, bytes };
    const rows = mostRows(answer);
    if (isDivisible || rows < samples || rows === before) return answer;
    before = rows;
  }
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

function mostRows({ lists }: Answer): number {
  return Math.max(0, ...lists.map(({ rows }) => rows));
}

/** Whether an answer has every row of its window; where only that tells, the window is asked for again in parts. */
export async function isWhole(
  answer: Answer,
  trust: Trust,
  askPart: (part: Window) => Promise<Answer>,
): Promise<boolean> {
  const { window, lists } = answer;
  const steps = window.end - window.start;
  if (steps === 1) return true;
  let unproven: List | undefined;
  for (const list of lists) {
    const { rows, chunk } = list;
    if (rows >= SAMPLES || (steps > SAMPLES && rows > SAMPLES / 2)) return false;
    if (trust.covers(rows)) continue;
    const count = countSteps(chunk);
    if (count === steps && count === chunk.numRows) trust.show(rows);
    else if (rows > (unproven?.rows ?? 0)) unproven = list;
  }
  if (unproven === undefined) return true;
  const parts = cutAt(window, inTheMiddle(unproven.chunk));
  return trust.prove(unproven.rows, async () => {
    const answers = await Promise.all(parts.map(askPart));
    return lists.every(({ chunk }, index) => {
      const inParts = answers.map(({ lists }) => lists[index]?.chunk.numRows ?? 0);
      return inParts.reduce((sum, rows) => sum + rows, 0) === chunk.numRows;
    });
  });
}

/** Where to cut a window so that each part has half of the rows; all around the step where it is the only one. */
function inTheMiddle(chunk: Chunk): number[] {
  const steps = stepsOf(chunk);
  const middle = Math.floor(Number(steps[steps.length >> 1]));
  return middle > Number(steps[0]) ? [middle] : [middle, middle + 1];
}

/** The parts of a window that has more rows than came: cut so that each has as many of those that came. */
function partsOf({ window, lists }: Answer, { rows, window: range }: PageQuestion, target: number): Window[] {
  const largest = lists.reduce((a, b) => (b.rows > a.rows ? b : a));
  const steps = stepsOf(largest.chunk);
  const share = (window.end - window.start) / (range.end - range.start);
  const guess = Math.max(2 * largest.rows, (rows ?? 0) * share);
  const count = Math.max(2, Math.min(MOST_PARTS, Math.ceil(guess / target)));
  const cuts = Array.from({ length: count - 1 }, (_, index) =>
    Math.floor(Number(steps[Math.floor(((index + 1) * steps.length) / count)])),
  );
  const parts = cutAt(window, cuts);
  if (parts.length > 1) return parts;
  const around = cutAt(window, inTheMiddle(largest.chunk));
  return around.length > 1 ? around : halves(window);
}
