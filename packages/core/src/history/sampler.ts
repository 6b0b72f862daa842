import { orderedMap } from "../async/ordered-map.ts";
import { firstHistory } from "../graphql/history-documents.ts";
import type { ProjectRef } from "../graphql/project.ts";
import type { ListedNode, WireListing } from "../graphql/wire.ts";
import type { ListingPages } from "../runs/listing-pages.ts";
import type { AskPage } from "../runs/page-walk.ts";
import { CONNECTIONS } from "../transport/http-client.ts";
import { isTooMuch } from "../transport/too-much.ts";
import { paceOf } from "./batch-pace.ts";
import { askHistories, type BatchSource, type Fetched, fetchBatch, type Skeleton } from "./fetch-batch.ts";
import type { HistoryQuestion } from "./options.ts";
import { answerOf, selectionOf } from "./question.ts";
import { RunIds } from "./run-ids.ts";
import type { Chunk } from "./table/chunk.ts";

/** The runs whose histories are wanted. */
export interface SampledRuns {
  readonly ref: ProjectRef;
  /** Their ids where all are known, else what lists them. */
  readonly runs: readonly string[] | ListingPages<ListedNode>;
  /** Asks for the fields of a run that come along with its history. */
  readonly withRunFields: BatchSource["withRunFields"];
}

/** What came of one run. */
export interface Sampled extends Omit<Fetched, "chunks"> {
  /** Absent when the run is gone, or its history can't be had. */
  readonly chunk?: Chunk | undefined;
  /** How many runs there will be, as far as it is known. */
  readonly total: number | undefined;
}

/** Ids are light: as many in a page as W&B's server gives. */
const IDS_A_PAGE = 1000;

/**
 * Fetches the sampled histories of runs and yields what came of each, in the listing's order.
 *
 * The first request carries the first run's history and, by an alias, the first page of ids, so that something is
 * there after one round trip. Then batches of runs are asked for by their ids, several at a time, without the user's
 * filter: a run that stops matching meanwhile isn't lost. A batch's size follows what the server takes for a run.
 * Results run ahead of the consumer by two windows of requests, and no further.
 */
export async function* sampleHistories(
  { ref, runs, withRunFields }: SampledRuns,
  question: HistoryQuestion,
  signal: AbortSignal | undefined,
): AsyncGenerator<Sampled, void, undefined> {
  const selection = selectionOf(question);
  const pace = paceOf(ref.service, JSON.stringify(selection));
  const source: BatchSource = { ref, selection, withRunFields, pace, failedInARow: 0 };
  const listing = isIds(runs) ? listed(runs) : await open(runs, source, signal);
  const work = (batch: Batch, inner: AbortSignal) => batch.answer ?? fetchBatch(source, batch.ids, inner);
  const limits = { inFlight: CONNECTIONS, window: 2 * CONNECTIONS, signal };
  for await (const fetched of orderedMap(batches(listing, source, signal), limits, work)) {
    for (const { chunks, ...one } of fetched) {
      yield { ...one, chunk: chunks && answerOf(chunks, question), total: listing.total };
    }
  }
}

interface Batch {
  readonly ids: readonly string[];
  /** Where it was asked for already. */
  readonly answer?: Promise<readonly Fetched[]>;
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
  source: BatchSource,
  signal: AbortSignal | undefined,
): Promise<OpenListing> {
  const request = { first: IDS_A_PAGE, fields: "name", signal };
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
    pages.next({ ...request, also: firstHistory(source.selection, fields), ask });
  const page = await source.withRunFields(both).catch((error: unknown) => {
    if (!isTooMuch(error)) throw error;
    source.pace.tooMuch(1);
    return pages.next(request);
  });
  const ids = page?.nodes.map(({ name }) => name) ?? [];
  // The listing may have moved on between its two parts: then the run is asked for again in its turn.
  if (first?.id !== ids[0]) first = undefined;
  const nextIds = async () => (await pages.next(request))?.nodes.map(({ name }) => name);
  return {
    ids: new RunIds(nextIds, first === undefined ? ids : ids.slice(1)),
    first,
    total: page?.count ?? undefined,
  };
}

/** Batches in the listing's order, each sized when it is its turn to be asked for. */
async function* batches(
  { ids, first }: OpenListing,
  source: BatchSource,
  signal: AbortSignal | undefined,
): AsyncGenerator<Batch, void, undefined> {
  const size = (left: number | undefined) => source.pace.size(left);
  if (first !== undefined) yield { ids: [first.id], answer: Promise.resolve([first]) };
  else {
    // The first run goes alone: its history is there soonest, and tells how large the batches may be.
    const alone = await ids.take(() => 1);
    if (alone.length === 0) return;
    const answer = fetchBatch(source, alone, signal);
    yield { ids: alone, answer };
    if (source.pace.isNew) await answer.catch(() => undefined);
  }
  for (;;) {
    const batch = await ids.take(size);
    if (batch.length === 0) return;
    yield { ids: batch };
  }
}
