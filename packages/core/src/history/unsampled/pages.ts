import { type Divided, divisibleMap } from "../../async/divisible-map.ts";
import { ProtocolError } from "../../errors.ts";
import { type RunRef, runDetails } from "../../graphql/run.ts";
import { CONNECTIONS } from "../../transport/connections.ts";
import { isTooMuch } from "../../transport/too-much.ts";
import { prepareScanner } from "../scan/scanner.ts";
import type { Chunk } from "../table/chunk.ts";
import { OPERATION } from "./ask-rows.ts";
import { type Answer, askWindow, mostRows } from "./ask-window.ts";
import type { ScanQuestion } from "./question.ts";
import { together } from "./selection.ts";
import { stepsOf } from "./steps.ts";
import { type Trust, trustOf } from "./trust.ts";
import { inTheMiddle, isWhole } from "./whole.ts";
import { cutAt, halves, type Window } from "./window.ts";
import { WindowPlan } from "./window-plan.ts";

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

/**
 * Every row of a range of steps, a window of steps after another, several requests at a time.
 *
 * The server samples what it gives when it has more rows than were asked for, or than it likes, and doesn't say so. An
 * answer is taken for whole as far as `isWhole` knows; a window that isn't is asked for in parts.
 *
 * @throws ProtocolError for a step of which the server may not give all rows
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
    trust.askForLess(trust.target.value);
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
  if (window.end - window.start === 1 && trust.isCut(rows)) throw stepTooLong(ref, window, rows);
  trust.succeed();
  plan.observe({ window, rows, bytes: answer.bytes });
  const chunks = answer.lists.map(({ chunk }) => chunk);
  return { result: { window, chunk: together(chunks, question) } };
}

/** What a scan ends with at a step whose rows may be more than the server gives at once: they can't be asked for apart. */
function stepTooLong(ref: RunRef, { start }: Window, rows: number): ProtocolError {
  const { service, entity, project, run } = ref;
  return new ProtocolError(
    `${service.baseUrl} gives ${rows} rows of step ${start} of run ${run} of ${entity}/${project}, and cut other answers ` +
      "short at no more: there may be further rows of that step. All before it came before this error.",
    runDetails(ref, OPERATION),
  );
}

/** What is known of a server's answers to such questions. */
export function trustIn({ service }: RunRef, { keys }: Pick<ScanQuestion, "keys">): Trust {
  return trustOf(service, keys === undefined ? "history" : "sampledHistory");
}

/** The parts of a window that has more rows than came: cut so that each has as many of those that came. */
function partsOf({ window, lists }: Answer, { rows, window: range }: PageQuestion, target: number): Window[] {
  const largest = lists.reduce((a, b) => (b.rows > a.rows ? b : a));
  const steps = stepsOf(largest.chunk);
  const share = (window.end - window.start) / (range.end - range.start);
  const expected = (rows ?? 0) * share;
  const guess = expected > largest.rows ? expected : 2 * largest.rows;
  const count = Math.max(2, Math.min(MOST_PARTS, Math.ceil(guess / target)));
  const cuts = Array.from({ length: count - 1 }, (_, index) =>
    Math.floor(Number(steps[Math.floor(((index + 1) * steps.length) / count)])),
  );
  const parts = cutAt(window, cuts);
  if (parts.length > 1) return parts;
  const around = cutAt(window, inTheMiddle(largest.chunk));
  return around.length > 1 ? around : halves(window);
}
