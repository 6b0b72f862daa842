import { orderedMap } from "../../async/ordered-map.ts";
import type { LazyrunsError } from "../../errors.ts";
import type { ProjectRef } from "../../graphql/project.ts";
import { CONNECTIONS } from "../../transport/connections.ts";
import { prepareScanner } from "../scan/scanner.ts";
import type { ScanQuestion } from "./question.ts";
import { arrivedBatches, type CarriedFields, type ScannedBatch, scanBatches } from "./scan.ts";
import { type ShortRun, ShortRuns } from "./short-runs.ts";
import { type Startable, startAhead } from "./start-ahead.ts";
import { startEarly } from "./start-early.ts";

/** A run to scan: what its listing says. */
export interface ListedRun {
  readonly id: string;
  readonly historyLineCount: number | null;
}

/** A run whose rows are coming. */
export interface ComingRun<R> {
  readonly run: R;
  /** Its rows; absent when it is gone or can't be had. */
  readonly batches?: AsyncGenerator<ScannedBatch, void, undefined> | undefined;
  /** Why it can't be had. */
  readonly error?: LazyrunsError | undefined;
}

/** How runs are scanned. */
export interface ScanOfRuns {
  readonly ref: ProjectRef;
  readonly question: ScanQuestion;
  readonly fields: CarriedFields;
  readonly signal: AbortSignal;
}

/** Requests beyond those on the line: their answers are unpacked and read while the next are under way. */
const BEING_READ = 4;

/**
 * The rows of many runs, in the runs' order. Runs of few rows are asked for many in a request, several requests at a
 * time; those of many rows are begun ahead of their turn as far as the memory for two batches goes.
 *
 * @param pages - the runs as they are listed
 */
export async function* scanRuns<R extends ListedRun>(
  pages: AsyncIterable<readonly R[]>,
  scan: ScanOfRuns,
): AsyncGenerator<ComingRun<R>, void, undefined> {
  const { question, signal } = scan;
  const short = new ShortRuns(scan.ref, question, scan.fields);
  setImmediate(prepareScanner);
  const limits = { inFlight: CONNECTIONS + BEING_READ, window: 2 * CONNECTIONS, signal };
  let firstIsThere: () => void = () => undefined;
  const first = new Promise<void>((resolve) => {
    firstIsThere = resolve;
  });
  const work = async (runs: readonly R[], inner: AbortSignal) => {
    const ids = runs.filter((run) => short.isShort(run.historyLineCount)).map(({ id }) => id);
    const read = short.read(ids, inner).finally(firstIsThere);
    const came = new Map((await read).map((one) => [one.id, one]));
    return runs.map((run) => new Coming(run, came.get(run.id), scan));
  };
  const coming = flat(orderedMap(portions(pages, short, first), limits, work));
  const begun = new Set<Coming<R>>();
  try {
    for await (const one of startAhead(noting(coming, begun), 2 * question.batchRows)) {
      yield one;
      begun.delete(one);
    }
  } finally {
    coming.return().catch(() => undefined); // not awaited: it may be waiting for the server
    for (const one of begun) one.leave();
  }
}

/**
 * Runs one after another, of which the short ones make one request. The first is waited for where nothing is known of the
 * server: it tells how many to ask for.
 */
async function* portions<R extends ListedRun>(
  pages: AsyncIterable<readonly R[]>,
  short: ShortRuns,
  first: Promise<void>,
): AsyncGenerator<readonly R[], void, undefined> {
  let portion: R[] = [];
  let inRequest = 0;
  for await (const page of pages) {
    for (const run of page) {
      portion.push(run);
      if (short.isShort(run.historyLineCount)) inRequest++;
      if (inRequest < short.size && portion.length < MOST_IN_PORTION) continue;
      yield portion;
      portion = [];
      inRequest = 0;
      if (short.isNew) await first;
    }
    if (portion.length > 0) yield portion; // the next page may be long in coming
    portion = [];
    inRequest = 0;
  }
}

/** Runs that are passed on together, though most of them may make requests of their own. */
const MOST_IN_PORTION = 50;

/** One run on its way. */
class Coming<R extends ListedRun> implements ComingRun<R>, Startable {
  readonly run: R;
  readonly error: LazyrunsError | undefined;
  readonly cost: number;
  batches: AsyncGenerator<ScannedBatch, void, undefined> | undefined;
  readonly #isLong: boolean;

  constructor(run: R, came: ShortRun | undefined, { ref, question, fields, signal }: ScanOfRuns) {
    this.run = run;
    this.error = came?.error;
    const one = { ...ref, run: run.id };
    this.#isLong =
      came === undefined || (came.chunk === undefined && came.error === undefined && !came.isGone);
    if (came?.chunk !== undefined) {
      const wire = came.wire ?? { id: run.id, name: run.id };
      this.batches = arrivedBatches(one, came.chunk, wire, { question, fields });
    } else if (this.#isLong) {
      this.batches = scanBatches({ ref: one, question, fields, signal });
    }
    this.cost = this.#isLong ? Math.min(run.historyLineCount ?? question.batchRows, question.batchRows) : 0;
  }

  start(): void {
    if (this.#isLong && this.batches !== undefined) this.batches = startEarly(this.batches);
  }

  /** Nobody will read it. What waits for the server ends with the signal. */
  leave(): void {
    this.batches?.return().catch(() => undefined);
  }
}

async function* flat<T>(lists: AsyncIterable<readonly T[]>): AsyncGenerator<T, void, undefined> {
  for await (const list of lists) yield* list;
}

async function* noting<T>(items: AsyncIterable<T>, noted: Set<T>): AsyncGenerator<T, void, undefined> {
  for await (const item of items) {
    noted.add(item);
    yield item;
  }
}
