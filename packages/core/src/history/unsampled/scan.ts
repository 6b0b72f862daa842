import { follow } from "../../async/abort.ts";
import type { RunRef } from "../../graphql/run.ts";
import type { WireRun } from "../../graphql/wire.ts";
import type { WorkOptions } from "../../progress.ts";
import { beginWork } from "../../work.ts";
import type { HistoryForm } from "../form.ts";
import type { Chunk } from "../table/chunk.ts";
import type { RunChunk } from "../table/history-table.ts";
import { refuseTaken } from "../table/refuse-taken.ts";
import type { RunFields } from "../table/run-fields.ts";
import { inBatches } from "./batcher.ts";
import { askExtent, type Extent } from "./extent.ts";
import { namedInScan, type ScanQuestion } from "./question.ts";
import { type Made, type Piece, scanRun, type WantedForm } from "./scan-run.ts";
import { ShortRuns } from "./short-runs.ts";

/** What of a run its rows carry. */
export interface CarriedFields {
  /** Asks with the fields that they are made of, in GraphQL. */
  readonly withRunFields: <T>(ask: (fields: string) => Promise<T>) => Promise<T>;
  /** Absent where none are wanted. */
  readonly fieldsOf: ((wire: WireRun) => RunFields) | undefined;
}

/** Some rows of a run. */
export interface ScannedBatch {
  readonly numRows: number;
  readonly parts: readonly RunChunk[];
  /** The same rows in the form that was asked for, where they came so; then there are no parts. */
  readonly made?: Made | undefined;
  /** Whether some of the memory they are in is another batch's, too. */
  readonly isShared: boolean;
  /** Whether the run ends with them. */
  readonly isLast: boolean;
}

/** How a run is read. */
export interface RunToScan {
  readonly ref: RunRef;
  readonly question: ScanQuestion;
  readonly fields: CarriedFields;
  readonly signal: AbortSignal;
  /** Absent where rows must come as columns. */
  readonly form?: WantedForm | undefined;
  /** Told how much of the run there is, as soon as it is known. */
  readonly onExtent?: ((extent: Extent) => void) | undefined;
}

/** Every row of one run, in batches. */
export async function* scanBatches({
  ref,
  question,
  fields,
  signal,
  form,
  onExtent,
}: RunToScan): AsyncGenerator<ScannedBatch, void, undefined> {
  const extent = await fields.withRunFields((asked) => askExtent(ref, asked, signal));
  onExtent?.(extent);
  yield* batchesOf(ref, scanRun(ref, question, extent, signal, form), extent.wire, { question, fields });
}

/** The rows of a run that have come whole, in batches. */
export async function* arrivedBatches(
  ref: RunRef,
  chunk: Chunk,
  wire: WireRun,
  how: Pick<RunToScan, "question" | "fields">,
): AsyncGenerator<ScannedBatch, void, undefined> {
  yield* batchesOf(ref, [{ chunk }], wire, how);
}

async function* batchesOf(
  { entity, project, run: id }: RunRef,
  pieces: AsyncIterable<Piece> | Iterable<Piece>,
  wire: WireRun,
  { question, fields }: Pick<RunToScan, "question" | "fields">,
): AsyncGenerator<ScannedBatch, void, undefined> {
  const run = { id, entity, project };
  const own = fields.fieldsOf?.(wire);
  for await (const { chunks, ...batch } of inBatches(pieces, question.batchRows)) {
    for (const chunk of chunks) refuseTaken(run, chunk, own);
    yield { ...batch, parts: chunks.map((chunk) => ({ run, chunk, fields: own })) };
  }
}

/** How one run is scanned, and in which form it comes. */
export interface OneScan<T> extends Omit<RunToScan, "signal" | "onExtent"> {
  /** How many rows the run had when it was listed. */
  readonly lineCount: number | null;
  readonly made: HistoryForm<T>;
  readonly options: WorkOptions;
}

/** Every row of one run, in batches of the form that was asked for. */
export async function* scanOne<T>(scan: OneScan<T>): AsyncGenerator<T, void, undefined> {
  const { ref, question, made, options } = scan;
  options.signal?.throwIfAborted();
  await made.prepare();
  const { entity, project } = ref;
  const work = beginWork({ operation: "scan", entity, project }, options);
  // What is under way when the consumer stops is ended.
  const stop = new AbortController();
  const unfollow = follow(work.signal, stop);
  const named = namedInScan(question);
  let total = 0;
  let done = 0;
  try {
    const onExtent = (extent: Extent) => {
      total = expectedRows(question, extent);
    };
    for await (const batch of batchesOfOne(scan, stop.signal, onExtent)) {
      stop.signal.throwIfAborted(); // what has arrived in the meantime isn't wanted any more
      const { parts, numRows, isLast } = batch;
      done += numRows;
      work.progress({ done, total: isLast ? done : Math.max(done, total), unit: "rows" });
      if (batch.made !== undefined) yield batch.made.value as T;
      else if (numRows > 0) {
        const collector = made.collect(named, batch.isShared);
        for (const part of parts) collector.add(part);
        yield await collector.result();
      }
    }
  } catch (error) {
    work.end(error);
    throw error;
  } finally {
    unfollow();
    stop.abort();
    work.end();
  }
}

/** One run: all in one request where it is short. */
async function* batchesOfOne<T>(
  { ref, question, fields, form, lineCount }: OneScan<T>,
  signal: AbortSignal,
  onExtent: (extent: Extent) => void,
): AsyncGenerator<ScannedBatch, void, undefined> {
  const short = new ShortRuns(ref, question, fields);
  const how = { question, fields };
  if (short.isShort(lineCount)) {
    const [one] = await short.read([ref.run], signal);
    if (one?.chunk !== undefined) {
      yield* arrivedBatches(ref, one.chunk, one.wire ?? { id: ref.run, name: ref.run }, how);
      return;
    }
  }
  yield* scanBatches({ ref, ...how, signal, form, onExtent });
}

/** About how many rows a scan gives. */
function expectedRows({ stream, keys, match, minStep, maxStep }: ScanQuestion, extent: Extent): number {
  const { lineCount, eventsLineCount, lastStep, countOf } = extent;
  if (stream === "system") return eventsLineCount ?? 0;
  const counts = keys?.map((key) => countOf(key) ?? 0);
  const rows = counts === undefined ? (lineCount ?? 0) : Math[match === "all" ? "min" : "max"](...counts);
  const steps = (lastStep ?? 0) + 1;
  const asked = Math.min(steps, maxStep ?? steps) - Math.min(steps, minStep ?? 0);
  return Math.ceil((rows * Math.max(0, asked)) / steps);
}
