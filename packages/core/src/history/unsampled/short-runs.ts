import type { LazyrunsError } from "../../errors.ts";
import type { ProjectRef } from "../../graphql/project.ts";
import type { RunRef } from "../../graphql/run.ts";
import type { WireRun } from "../../graphql/wire.ts";
import type { Fetched } from "../ask-histories.ts";
import { paceOf } from "../batch-pace.ts";
import { type BatchSource, fetchBatch } from "../fetch-batch.ts";
import type { Chunk } from "../table/chunk.ts";
import { askRows } from "./ask-rows.ts";
import { SAMPLES } from "./ask-window.ts";
import { trustIn } from "./pages.ts";
import type { ScanQuestion } from "./question.ts";
import type { CarriedFields } from "./scan.ts";
import { systemRows } from "./scan-system.ts";
import { listsOf, selectionOf, together } from "./selection.ts";
import { orderBySteps, rowsWhere } from "./steps.ts";
import type { Trust } from "./trust.ts";

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
    const specs = listsOf(question);
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
    // What proves the answer about the longest to be whole serves for the shorter ones.
    const longestFirst = [...fetched].sort((a, b) => lineCountOf(b) - lineCountOf(a));
    const whole = new Set<Fetched>();
    for (const one of longestFirst) if (await this.#isWhole(one, signal)) whole.add(one);
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
    if (keys === undefined || historyLineCount === 0) return rows >= historyLineCount;
    if (chunks.length < listsOf(this.#question)) return false;
    const ref = { ...this.#ref, run: id };
    const trust = trustIn(ref, this.#question);
    if (rows >= historyLineCount) trust.show(rows);
    // A list that lacks rows of the run has so many at the most. Servers may sample first, and then choose rows by key.
    const most = historyLineCount - 1;
    if (counts.every((count) => count > most) || trust.covers(most)) return true;
    return trust.prove(most, () => this.#givesAll(ref, historyLineCount, trust, signal));
  }

  /**
   * Whether the server gives as many rows at once as a run has: those with a step, which tells of fewer with other keys.
   * Steps aren't asked for: rows in files would be missing then.
   */
  async #givesAll(ref: RunRef, lineCount: number, trust: Trust, signal: AbortSignal): Promise<boolean> {
    const { field, variables } = selectionOf({ keys: [], match: "all" }, SAMPLES);
    const { chunks } = await askRows(ref, field, variables, { signal });
    const rows = chunks[0]?.numRows ?? 0;
    if (rows >= lineCount) trust.show(rows);
    return rows >= lineCount;
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

function lineCountOf({ wire }: Fetched): number {
  return wire?.historyLineCount ?? 0;
}
