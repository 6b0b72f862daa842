import type { LazyrunsError } from "../../errors.ts";
import type { ProjectRef } from "../../graphql/project.ts";
import type { WireRun } from "../../graphql/wire.ts";
import type { Fetched } from "../ask-histories.ts";
import { paceOf } from "../batch-pace.ts";
import { type BatchSource, fetchBatch } from "../fetch-batch.ts";
import type { Chunk } from "../table/chunk.ts";
import { askWindow, isWhole, SAMPLES, trustIn } from "./pages.ts";
import type { ScanQuestion } from "./question.ts";
import type { CarriedFields } from "./scan.ts";
import { systemRows } from "./scan-system.ts";
import { selectionOf, together } from "./selection.ts";
import { orderBySteps, rowsIn, rowsWhere } from "./steps.ts";
import { STEPS_END, type Window } from "./window.ts";

/** Runs of at most so many rows are short: many of them come in one request. */
const SHORT_ROWS = SAMPLES / 2;

/** What came of a run that was taken for a short one; of one that wasn't, nothing. */
export interface ShortRun {
  readonly id: string;
  readonly wire: WireRun | undefined;
  /** All of its rows; absent where they must be asked for otherwise, or can't be had. */
  readonly chunk: Chunk | undefined;
  /** Why it can't be had. */
  readonly error: LazyrunsError | undefined;
  readonly isGone: boolean;
}

/** Reads runs of few rows, many in a request. */
export class ShortRuns {
  readonly #ref: ProjectRef;
  readonly #question: ScanQuestion;
  readonly #source: BatchSource;

  constructor(ref: ProjectRef, question: ScanQuestion, { withRunFields }: CarriedFields) {
    this.#ref = ref;
    this.#question = question;
    const isSystem = question.stream === "system";
    const selection = isSystem
      ? ({ field: "events", variables: { samples: SAMPLES } } as const)
      : selectionOf(question, SAMPLES);
    const specs = question.match === "any" ? (question.keys?.length ?? 0) : 1;
    this.#source = {
      ref,
      selection,
      withRunFields: (ask) =>
        withRunFields((fields) => ask(`historyLineCount ${isSystem ? "eventsLineCount" : ""} ${fields}`)),
      pace: paceOf(ref.service, `scan ${selection.field} ${Math.min(specs, 10)}`),
      failedInARow: 0,
    };
  }

  /** Whether a run of so many rows is worth a try. */
  isShort(lineCount: number | null): boolean {
    // How much there is of the machine's metrics isn't known before.
    return this.#question.stream === "system" || (lineCount !== null && lineCount <= SHORT_ROWS);
  }

  /** Whether nothing is known yet of how many to ask for. */
  get isNew(): boolean {
    return this.#source.pace.isNew;
  }

  /** How many runs to ask for at once. */
  get size(): number {
    return this.#source.pace.size();
  }

  /** What came of each, in the ids' order. */
  async read(ids: readonly string[], signal: AbortSignal): Promise<ShortRun[]> {
    if (ids.length === 0) return [];
    const fetched = await fetchBatch(this.#source, ids, signal);
    // What proves the largest answer to be whole serves for the smaller ones.
    const largestFirst = [...fetched].sort((a, b) => rowsOf(b) - rowsOf(a));
    const whole = new Set<Fetched>();
    for (const one of largestFirst) if (await this.#isWhole(one, signal)) whole.add(one);
    return fetched.map((one) => {
      const { id, wire, error } = one;
      const chunk = whole.has(one) ? this.#rows(one.chunks ?? []) : undefined;
      return { id, wire, error, chunk, isGone: one.chunks === undefined && error === undefined };
    });
  }

  async #isWhole({ id, wire, chunks }: Fetched, signal: AbortSignal): Promise<boolean> {
    if (chunks === undefined) return false;
    const { stream, keys } = this.#question;
    const { historyLineCount = null, eventsLineCount = null } = wire ?? {};
    const counts = chunks.length === 0 ? [0] : chunks.map(({ numRows }) => numRows);
    const rows = Math.max(...counts);
    if (stream === "system") return eventsLineCount !== null && rows >= eventsLineCount;
    if (historyLineCount === null || historyLineCount > SHORT_ROWS) return false;
    const ref = { ...this.#ref, run: id };
    const trust = trustIn(ref, this.#question);
    if (counts.every((count) => count >= historyLineCount)) {
      trust.show(rows);
      return true;
    }
    if (keys === undefined || chunks.length === 0) return false;
    const window: Window = { start: 0, end: STEPS_END };
    const lists = chunks.map((chunk) => ({
      chunk: rowsIn(orderBySteps(chunk), window),
      rows: chunk.numRows,
    }));
    const askPart = (part: Window) => askWindow(ref, this.#question, part, signal);
    return isWhole({ window, lists, bytes: 0 }, trust, askPart);
  }

  #rows(chunks: readonly Chunk[]): Chunk {
    const { stream, minStep, maxStep } = this.#question;
    if (stream === "system")
      return systemRows(together(chunks, { keys: undefined, match: "all" }), this.#question);
    const all = orderBySteps(together(chunks, this.#question));
    if (minStep === undefined && maxStep === undefined) return all;
    const [start, end] = [minStep ?? Number.NEGATIVE_INFINITY, maxStep ?? Number.POSITIVE_INFINITY];
    return rowsWhere(all, (step) => step >= start && step < end);
  }
}

function rowsOf({ chunks }: Fetched): number {
  return Math.max(0, ...(chunks ?? []).map(({ numRows }) => numRows));
}
