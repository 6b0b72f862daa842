import { ConfigurationError, ProtocolError } from "../../errors.ts";
import { type RunRef, runDetails } from "../../graphql/run.ts";
import type { Chunk } from "../table/chunk.ts";
import { askRows, OPERATION } from "./ask-rows.ts";
import { exportedRows, heeding, openExports, readExported } from "./exported-rows.ts";
import { historyExports, type OpenedExports } from "./exports.ts";
import type { Extent } from "./extent.ts";
import { joinLive } from "./join-live.ts";
import { type Page, readPages, SAMPLES } from "./pages.ts";
import type { ScanQuestion } from "./question.ts";
import { scanSystem } from "./scan-system.ts";
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
  readonly #extent: Extent;
  readonly #signal: AbortSignal;
  /** Rows given, and exported ones that came again and were left out. */
  #given = 0;
  /** Rows given that have no step. */
  #stepless = 0;

  constructor(ref: RunRef, question: ScanQuestion, extent: Extent, signal: AbortSignal) {
    this.#ref = ref;
    this.#question = question;
    this.#extent = extent;
    this.#signal = signal;
  }

  async *read(form: WantedForm | undefined): AsyncGenerator<Piece, void, undefined> {
    const { lineCount, urls, lastStep } = this.#extent;
    if (lineCount === 0 && urls.length === 0) return;
    const opened = await this.#openExports();
    const known = lastStep ?? (this.#extent.liveFrom === null ? opened?.lastStep : undefined);
    const end = this.#endBehind(known ?? (await this.#findLastStep()));
    const rows = opened === undefined ? this.#pages(0, end) : this.#exportsAndPages(opened, end, form);
    yield* this.#counted(rows);
    if (known === undefined || known === null || this.#missing > 0) {
      const behind = Math.max(end, this.#endBehind(opened?.lastStep ?? -1));
      yield* this.#counted(this.#pages(behind));
    }
    if (this.#missing > 0) yield* this.#counted(this.#withoutStep());
    this.#checkCount();
  }

  /** How many rows are missing of those that the server has counted; 0 where not all were asked for. */
  get #missing(): number {
    const { keys, minStep, maxStep } = this.#question;
    const isWhole = keys === undefined && minStep === undefined && maxStep === undefined;
    return isWhole ? Math.max(0, (this.#extent.lineCount ?? 0) - this.#given) : 0;
  }

  async *#counted(pieces: AsyncIterable<Piece>): AsyncGenerator<Piece, void, undefined> {
    for await (const piece of pieces) {
      this.#given += (piece.chunk ?? piece.made).numRows;
      if (piece.chunk !== undefined) this.#stepless += countStepless(piece.chunk);
      yield piece;
    }
  }

  /**
   * The run's files, where there are some and they are to be read.
   *
   * @throws ConfigurationError where exported rows can't be had otherwise
   */
  async #openExports(): Promise<OpenedExports | undefined> {
    const { urls, liveFrom } = this.#extent;
    if (urls.length === 0) return undefined;
    const reader = this.#question.exports === "never" ? undefined : historyExports();
    if (reader !== undefined) return openExports(reader, this.#ref, this.#extent, this.#signal);
    const end = liveFrom === null ? STEPS_END : Math.floor(liveFrom);
    const { minStep = 0 } = this.#question;
    if (minStep >= end) return undefined;
    const steps = { minStep: 0, maxStep: end, samples: 1 };
    const { chunks } = await askRows(this.#ref, "history", steps, { signal: this.#signal });
    if ((chunks[0]?.numRows ?? 0) > 0) return undefined;
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

  /** The rows of pages from a step on, to another or to the end. */
  async *#pages(from: number, to?: number): AsyncGenerator<Piece, void, undefined> {
    for await (const { chunk } of this.#readPages(from, to)) yield { chunk };
  }

  async *#readPages(from: number, to = STEPS_END): AsyncGenerator<Page, void, undefined> {
    const { keys, match, minStep = 0, maxStep = STEPS_END } = this.#question;
    const window = { start: Math.max(from, minStep), end: Math.min(to, maxStep) };
    if (window.start >= window.end) return;
    const rows = this.#rowsIn(window, to === STEPS_END);
    yield* readPages(this.#ref, { keys, match, window, rows }, this.#signal);
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
    end: number,
    form: WantedForm | undefined,
  ): AsyncGenerator<Piece, void, undefined> {
    const { liveFrom } = this.#extent;
    const boundary = liveFrom === null ? undefined : Math.floor(liveFrom);
    const live = startEarly(boundary === undefined ? nothing<Page>() : this.#readPages(boundary, end));
    if (boundary !== undefined && opened.lastStep !== null && opened.lastStep >= boundary) {
      const exported = readExported(opened, this.#question, this.#signal);
      const onDouble = (rows: number) => {
        this.#given += rows;
      };
      yield* asPieces(joinLive(exported, live, onDouble));
      return;
    }
    const rows = exportedRows(this.#question, this.#signal);
    const made = form && opened.readAs?.(form.format, rows, form.options);
    if (made === undefined) yield* asPieces(readExported(opened, this.#question, this.#signal));
    else for await (const one of heeding(made, this.#signal)) yield { made: one };
    for await (const { chunk } of live) yield { chunk };
  }

  /** The rows that no range of steps holds: those without a step, and those whose steps are beyond all others. */
  async *#withoutStep(): AsyncGenerator<Piece, void, undefined> {
    const { lineCount } = this.#extent;
    if (lineCount === null || lineCount > MOST_AT_ONCE || this.#stepless > 0) return;
    const variables = { samples: lineCount + SAMPLES };
    const { chunks } = await askRows(this.#ref, "history", variables, { signal: this.#signal });
    for (const chunk of chunks) {
      yield { chunk: orderBySteps(rowsWhere(chunk, (step) => !(step >= 0 && step < STEPS_END))) };
    }
  }

  #checkCount(): void {
    if (this.#missing === 0) return;
    const { service, entity, project, run } = this.#ref;
    const counted = this.#extent.lineCount as number;
    throw new ProtocolError(
      `${service.baseUrl} gave ${counted - this.#missing} rows of run ${run} of ${entity}/${project}, and says that it ` +
        `has ${counted}. All that it gave came before this error. Read the run again; where that comes out the same, ` +
        "{ minStep: 0 } gives what there is without counting it.",
      runDetails(this.#ref, OPERATION),
    );
  }
}

function onlyInFiles(ref: RunRef, isChosen: boolean): ConfigurationError {
  const { service, entity, project, run } = ref;
  const way = isChosen
    ? 'The scan was told { exports: "never" }: leave that out.'
    : "@lazyruns/export reads them: npm install @lazyruns/export, and then import it once.";
  return new ConfigurationError(
    `${service.baseUrl} has rows of run ${run} of ${entity}/${project} in Parquet files and not in its pages. ${way}`,
    runDetails(ref, OPERATION),
  );
}

function countStepless(chunk: Chunk): number {
  const steps = stepsOf(chunk);
  let count = 0;
  for (let row = 0; row < steps.length; row++) if (Number.isNaN(steps[row])) count++;
  return count;
}

async function* asPieces(chunks: AsyncIterable<Chunk>): AsyncGenerator<Piece, void, undefined> {
  for await (const chunk of chunks) yield { chunk };
}

async function* nothing<T>(): AsyncGenerator<T, void, undefined> {
  // There is nothing.
}
