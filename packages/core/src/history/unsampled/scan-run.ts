import type { RunRef } from "../../graphql/run.ts";
import type { Chunk } from "../table/chunk.ts";
import { askRows } from "./ask-rows.ts";
import { SAMPLES } from "./ask-window.ts";
import { onlyInFiles, pagesHoldExported, pagesRepeat } from "./exported-pages.ts";
import { exportedRows, heeding, openExports, readExported } from "./exported-rows.ts";
import { historyExports, type OpenedExports } from "./exports.ts";
import { areSameFiles, askExtent, askUrls, type Extent } from "./extent.ts";
import { joinLive } from "./join-live.ts";
import { type Page, readPages } from "./pages.ts";
import type { ScanQuestion } from "./question.ts";
import { fewerRows, keepsMoving } from "./scan-failures.ts";
import { scanSystem } from "./scan-system.ts";
import { MovedMeanwhile, settled } from "./settled.ts";
import { startEarly } from "./start-early.ts";
import { orderBySteps, rowsWhere, stepsOf } from "./steps.ts";
import { STEPS_END, type Window } from "./window.ts";

/** Some rows of a run: columns, or what a reader of exports made of them right in the form that was asked for. */
export type Piece =
  | { readonly chunk: Chunk; readonly made?: undefined }
  | { readonly chunk?: undefined; readonly made: Made };

/** Rows in the form that was asked for. */
export interface Made {
  readonly numRows: number;
  readonly value: unknown;
}

/** The form that was asked for, with all of the call's options. */
export interface WantedForm {
  readonly format: string;
  readonly options: object;
}

/** Rows whose steps can't be asked for are looked for among so many at the most, which come in one answer. */
const MOST_AT_ONCE = 100_000;

/** How often a stretch of a run is read, when rows of it go from pages into files each time. */
const MOST_TRIES = 10;

/** Which pages are read: those from `start` to just before `end`; where it is open, those from there on, too. */
interface Range extends Window {
  readonly isOpen: boolean;
}

/**
 * Every row of a run in the order of its steps, in pieces; rows without a step come last.
 *
 * @param form - absent where rows must come as columns
 */
export function scanRun(
  ref: RunRef,
  question: ScanQuestion,
  extent: Extent,
  signal: AbortSignal,
  form?: WantedForm,
): AsyncGenerator<Piece, void, undefined> {
  if (question.stream === "system") return asPieces(scanSystem(ref, question, extent, signal));
  return new RunScan(ref, question, extent, signal).read(form);
}

/** One run, being read. */
class RunScan {
  readonly #ref: RunRef;
  readonly #question: ScanQuestion;
  readonly #signal: AbortSignal;
  /** Whether all rows are asked for, so that the server's count tells whether they came. */
  readonly #isCounted: boolean;
  #extent: Extent;
  /** Whether pages are known to hold exported rows, too. */
  #hasAllInPages = false;
  /** Rows given. */
  #given = 0;
  /** Whether some of the rows given may have no step. */
  #hasStepless = false;

  constructor(ref: RunRef, question: ScanQuestion, extent: Extent, signal: AbortSignal) {
    this.#ref = ref;
    this.#question = question;
    this.#extent = extent;
    this.#signal = signal;
    const { keys, minStep, maxStep } = question;
    this.#isCounted = keys === undefined && minStep === undefined && maxStep === undefined;
  }

  async *read(form: WantedForm | undefined): AsyncGenerator<Piece, void, undefined> {
    let from = 0;
    for (let triesHere = 1; ; triesHere++) {
      try {
        yield* this.#readFrom(from, form);
        return;
      } catch (error) {
        if (!(error instanceof MovedMeanwhile)) throw error;
        if (error.from > from) triesHere = 0;
        else if (triesHere >= MOST_TRIES) throw keepsMoving(this.#ref, error);
        from = error.from;
      }
    }
  }

  /** The rows from a step on, as the server has them now. */
  async *#readFrom(from: number, form: WantedForm | undefined): AsyncGenerator<Piece, void, undefined> {
    const { lineCount, urls, lastStep } = this.#extent;
    if (lineCount === 0 && urls.length === 0) return;
    const opened = await this.#openExports();
    const known = lastStep ?? (this.#extent.liveFrom === null ? opened?.lastStep : undefined) ?? undefined;
    const end = this.#endBehind(Math.max(known ?? (await this.#findLastStep()), opened?.lastStep ?? -1));
    const range = { start: from, end, isOpen: known === undefined || !this.#isCounted };
    const rows = opened === undefined ? this.#pages(range) : this.#exportsAndPages(opened, range, form);
    yield* this.#counted(rows);
    if (this.#missing > 0 && !range.isOpen) {
      yield* this.#counted(this.#pages({ start: Math.max(from, end), end, isOpen: true }));
    }
    if (this.#missing > 0) yield* this.#counted(this.#withoutStep());
    if (this.#missing > 0) throw fewerRows(this.#ref, this.#extent.lineCount as number, this.#missing);
  }

  /** How many rows are missing of those that the server has counted; 0 where not all were asked for. */
  get #missing(): number {
    return this.#isCounted ? Math.max(0, (this.#extent.lineCount ?? 0) - this.#given) : 0;
  }

  async *#counted(pieces: AsyncIterable<Piece>): AsyncGenerator<Piece, void, undefined> {
    for await (const piece of pieces) {
      this.#given += (piece.chunk ?? piece.made).numRows;
      this.#hasStepless ||= piece.chunk === undefined || hasStepless(piece.chunk);
      yield piece;
    }
  }

  /**
   * The run's files, where there are some and they are to be read.
   *
   * @throws ConfigurationError where exported rows aren't known to be had otherwise
   */
  async #openExports(): Promise<OpenedExports | undefined> {
    if (this.#extent.urls.length === 0) return undefined;
    const reader = this.#question.exports === "never" ? undefined : historyExports();
    if (reader !== undefined) return openExports(reader, this.#ref, this.#extent, this.#signal);
    this.#hasAllInPages = await pagesHoldExported(this.#ref, this.#extent, this.#signal);
    if (this.#hasAllInPages) return undefined;
    throw onlyInFiles(this.#ref, this.#question.exports === "never");
  }

  /** The last step, where the server doesn't say it: as far as a sample of the rows tells. */
  async #findLastStep(): Promise<number> {
    const { chunks } = await askRows(this.#ref, "history", { samples: SAMPLES }, { signal: this.#signal });
    let last = -1;
    for (const chunk of chunks) {
      const steps = stepsOf(chunk);
      for (let row = 0; row < steps.length; row++) if (Number(steps[row]) > last) last = Number(steps[row]);
    }
    return last;
  }

  /** The whole step behind the last one. */
  #endBehind(lastStep: number): number {
    return Math.min(STEPS_END, Math.floor(lastStep) + 1);
  }

  /** The rows of pages. */
  async *#pages(range: Range): AsyncGenerator<Piece, void, undefined> {
    for await (const { chunk } of this.#livePages(range)) yield { chunk };
  }

  #livePages({ start, end, isOpen }: Range): AsyncGenerator<Page, void, undefined> {
    const read = this.#readPages.bind(this);
    const behind = Math.max(start, end);
    const pages = (async function* () {
      yield* read(start, end);
      if (isOpen) yield* read(behind, STEPS_END);
    })();
    return settled(pages, (rows, isEnd) => this.#isSettled(rows, isEnd));
  }

  async *#readPages(from: number, to: number): AsyncGenerator<Page, void, undefined> {
    const { keys, match, minStep = 0, maxStep = STEPS_END } = this.#question;
    const window = { start: Math.max(from, minStep), end: Math.min(to, maxStep) };
    if (window.start >= window.end) return;
    const rows = this.#rowsIn(window, to === STEPS_END);
    yield* readPages(this.#ref, { keys, match, window, rows }, this.#signal);
  }

  /** Whether no rows went from pages into files since they were last looked for there. */
  async #isSettled(rows: number, isEnd: boolean): Promise<boolean> {
    if (this.#hasAllInPages) return true;
    const { lineCount, urls, liveFrom } = this.#extent;
    if (isEnd && this.#isCounted && this.#given + rows === lineCount) return true;
    if (areSameFiles(urls, await askUrls(this.#ref, this.#signal))) return true;
    const now = await askExtent(this.#ref, "", this.#signal);
    // Some servers may give a file another address each time.
    if (now.urls.length === urls.length && now.liveFrom === liveFrom) return true;
    this.#extent = now;
    return false;
  }

  /** About how many rows there are in a window. */
  #rowsIn({ start, end }: Window, isBehind: boolean): number | undefined {
    const { keys, match } = this.#question;
    const { lineCount, lastStep, countOf } = this.#extent;
    if (isBehind) return Math.max(1, this.#missing);
    const counts = keys?.map((key) => countOf(key) ?? 0);
    const rows = counts === undefined ? lineCount : Math[match === "all" ? "min" : "max"](...counts);
    if (rows === null || lastStep === null) return undefined;
    return Math.ceil((rows * (end - start)) / (lastStep + 1));
  }

  /** What is in files, and then the pages of what isn't yet. */
  async *#exportsAndPages(
    opened: OpenedExports,
    { start, end, isOpen }: Range,
    form: WantedForm | undefined,
  ): AsyncGenerator<Piece, void, undefined> {
    const { liveFrom } = this.#extent;
    const question = start === 0 ? this.#question : this.#questionFrom(start);
    const from = liveFrom === null ? undefined : Math.max(start, Math.floor(liveFrom));
    const isMixed = from !== undefined && opened.lastStep !== null && opened.lastStep >= from;
    const repeat = isMixed && (await pagesRepeat(this.#ref, opened, this.#extent, this.#signal));
    const pages = from === undefined ? nothing<Page>() : this.#livePages({ start: from, end, isOpen });
    const live = startEarly(pages);
    try {
      if (isMixed) {
        const exported = readExported(opened, question, this.#signal);
        yield* asPieces(joinLive(exported, live, { from, repeat }));
        return;
      }
      const rows = exportedRows(question, this.#signal);
      const made = form && opened.readAs?.(form.format, rows, form.options);
      if (made === undefined) yield* asPieces(readExported(opened, question, this.#signal));
      else for await (const one of heeding(made, this.#signal)) yield { made: one };
      for await (const { chunk } of live) yield { chunk };
    } finally {
      pages.return().catch(() => undefined); // not awaited: it may be waiting for the server
    }
  }

  #questionFrom(start: number): ScanQuestion {
    return { ...this.#question, minStep: Math.max(start, this.#question.minStep ?? 0) };
  }

  /** The rows that no range of steps holds: those without a step, and those whose steps are beyond all others. */
  async *#withoutStep(): AsyncGenerator<Piece, void, undefined> {
    const { lineCount } = this.#extent;
    if (lineCount === null || lineCount > MOST_AT_ONCE || this.#hasStepless) return;
    const variables = { samples: lineCount + SAMPLES };
    const { chunks } = await askRows(this.#ref, "history", variables, { signal: this.#signal });
    for (const chunk of chunks) {
      yield { chunk: orderBySteps(rowsWhere(chunk, (step) => !(step >= 0 && step < STEPS_END))) };
    }
  }
}

function hasStepless(chunk: Chunk): boolean {
  const steps = stepsOf(chunk);
  for (let row = 0; row < steps.length; row++) if (Number.isNaN(steps[row])) return true;
  return false;
}

async function* asPieces(chunks: AsyncIterable<Chunk>): AsyncGenerator<Piece, void, undefined> {
  for await (const chunk of chunks) yield { chunk };
}

async function* nothing<T>(): AsyncGenerator<T, void, undefined> {
  // There is nothing.
}
