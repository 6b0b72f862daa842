import { follow } from "../async/abort.ts";
import { orderedMap } from "../async/ordered-map.ts";
import { firstHistory } from "../graphql/history-documents.ts";
import type { ProjectRef } from "../graphql/project.ts";
import type { ListedNode, WireListing } from "../graphql/wire.ts";
import { LARGEST_PAGE } from "../listing/listing.ts";
import type { ListingPages } from "../listing/listing-pages.ts";
import type { AskPage } from "../listing/page-walk.ts";
import { CONNECTIONS } from "../transport/connections.ts";
import { isTooMuch } from "../transport/too-much.ts";
import { askHistories, type Fetched, type HistoryQuery, type Skeleton } from "./ask-histories.ts";
import { type BatchPace, paceOf } from "./batch-pace.ts";
import { type BatchSource, fetchBatch } from "./fetch-batch.ts";
import { withMissing } from "./incomplete.ts";
import type { HistoryQuestion } from "./options.ts";
import { answerOf, kindOf, selectionOf } from "./question.ts";
import { RunIds } from "./run-ids.ts";
import { prepareScanner } from "./scan/scanner.ts";
import type { Chunk } from "./table/chunk.ts";

/** The runs whose histories are wanted. */
export interface SampledRuns {
  readonly ref: ProjectRef;
  /** Their ids where all are known, else what lists them. */
  readonly runs: readonly string[] | ListingPages<ListedNode>;
  /** Which fields of a run come along with its history: they weigh differently. */
  readonly runFields: "none" | "light" | "full";
  /** Asks for these fields. */
  readonly withRunFields: HistoryQuery["withRunFields"];
}

/** What came of one run. */
export interface Sampled extends Omit<Fetched, "chunks"> {
  /** Absent when the run is gone, or its history can't be had. */
  readonly chunk?: Chunk | undefined;
  /** How many runs there will be, as far as it is known. */
  readonly total: number | undefined;
}

/** Ids in the first request: enough for the batches that follow at once, and no more before the first history. */
const FIRST_IDS = 400;

/** Batches beyond those on the line: their answers are unpacked and read while the next requests are under way. */
const BEING_READ = 4;

/**
 * Fetches the sampled histories of runs and yields what came of each, in the listing's order.
 *
 * The first request carries the first run's history and, by an alias, the first page of ids, so that something is
 * there after one round trip. Then batches of runs are asked for by their ids, several at a time, without the user's
 * filter: a run that stops matching meanwhile isn't lost. A batch's size follows what the server takes for a run.
 * Results run ahead of the consumer by two windows of requests, and no further.
 */
export async function* sampleHistories(
  { ref, runs, runFields, withRunFields }: SampledRuns,
  question: HistoryQuestion,
  signal: AbortSignal | undefined,
): AsyncGenerator<Sampled, void, undefined> {
  const selection = selectionOf(question);
  const pace = paceOf(ref.service, `${kindOf(selection, question)} ${runFields}`);
  const source: BatchSource = { ref, selection, withRunFields, pace, failedInARow: 0 };
  // What is under way when the consumer stops is ended, the listing too.
  const stop = new AbortController();
  const unfollow = follow(signal, stop);
  setImmediate(prepareScanner);
  let listing: OpenListing | undefined;
  let given = 0;
  try {
    listing = isIds(runs) ? listed(runs) : await open(runs, source, stop.signal);
    const { first, ids, total } = listing;
    const firstAnswer = deferred();
    const work = async (batch: readonly string[], inner: AbortSignal) => {
      if (first !== undefined && batch.length === 1 && batch[0] === first.id) return [first];
      return fetchBatch(source, batch, inner).finally(firstAnswer.settle);
    };
    const limits = { inFlight: CONNECTIONS + BEING_READ, window: 2 * CONNECTIONS, signal: stop.signal };
    for await (const fetched of orderedMap(batches(ids, first, pace, firstAnswer.settled), limits, work)) {
      for (const { chunks, ...one } of fetched) {
        given++;
        yield { ...one, chunk: chunks && answerOf(chunks, question), total };
      }
    }
  } catch (error) {
    throw withMissing(error, listing?.ids.listed.slice(given) ?? []);
  } finally {
    unfollow();
    stop.abort();
  }
}

/** The ids to ask for, and what came with them. */
interface OpenListing {
  readonly ids: RunIds;
  readonly first?: Fetched | undefined;
  readonly total: number | undefined;
}

function isIds(runs: SampledRuns["runs"]): runs is readonly string[] {
  return Array.isArray(runs);
}

function listed(ids: readonly string[]): OpenListing {
  return { ids: new RunIds(async () => undefined, ids), total: ids.length };
}

/** The first request: a page of ids and the first run's history; or the ids alone, where both were too much. */
async function open(
  pages: ListingPages<ListedNode>,
  source: HistoryQuery,
  signal: AbortSignal | undefined,
): Promise<OpenListing> {
  const request = { first: LARGEST_PAGE, fields: "name", signal };
  const firstRequest = { ...request, first: FIRST_IDS };
  let first: Fetched | undefined;
  type Opening = WireListing<ListedNode> & Skeleton;
  const ask: AskPage<ListedNode> = async (query, variables, onFailure) => {
    const { project, runsIn } = await askHistories<Opening>(source, {
      query,
      variables,
      runs: 1,
      isDivisible: true,
      signal,
      onFailure,
    });
    first = project.firstRun ? runsIn(project.firstRun)[0] : undefined;
    return project;
  };
  const both = (fields: string) =>
    pages.next({ ...firstRequest, also: firstHistory(source.selection, fields), ask });
  const page = await source.withRunFields(both).catch((error: unknown) => {
    if (!isTooMuch(error)) throw error;
    return pages.next(firstRequest);
  });
  const ids = page?.nodes.map(({ name }) => name) ?? [];
  // The listing may have moved on between its two parts: then the run is asked for again in its turn.
  if (first?.id !== ids[0]) first = undefined;
  const nextIds = async () => (await pages.next(request))?.nodes.map(({ name }) => name);
  return { ids: new RunIds(nextIds, ids), first, total: page?.count ?? undefined };
}

/**
 * Batches in the listing's order, each sized when it is its turn to be asked for. The first run goes alone: its history
 * is there soonest, and where nothing is known of the server, it tells how large the batches may be.
 */
async function* batches(
  ids: RunIds,
  first: Fetched | undefined,
  pace: BatchPace,
  firstAnswer: Promise<void>,
): AsyncGenerator<readonly string[], void, undefined> {
  let batch = await ids.take(() => 1);
  while (batch.length > 0) {
    yield batch;
    if (pace.isNew && first === undefined) await firstAnswer;
    batch = await ids.take((left) => pace.size(left));
  }
}

/** A promise to be settled from elsewhere. */
function deferred(): { readonly settled: Promise<void>; readonly settle: () => void } {
  let settle: () => void = () => undefined;
  const settled = new Promise<void>((resolve) => {
    settle = resolve;
  });
  return { settled, settle };
}
