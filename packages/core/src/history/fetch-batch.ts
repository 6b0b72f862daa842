import { ProtocolError } from "../errors.ts";
import { refuseForeign } from "../graphql/chosen-runs.ts";
import { chosenHistories } from "../graphql/history-documents.ts";
import { isTooMuch } from "../transport/too-much.ts";
import { askHistories, type Fetched, type HistoryQuery, OPERATION, type Skeleton } from "./ask-histories.ts";
import { MOST_IN_A_ROW } from "./incomplete.ts";

/** Where batches come from, and how that goes. */
export interface BatchSource extends HistoryQuery {
  /** How many runs could not be had by themselves since one last could. */
  failedInARow: number;
}

/**
 * Asks for the histories of runs by their ids and gives what came of each, in the ids' order.
 *
 * Where the server can't do so many at once, they are asked for in smaller batches, down to one run a request. A run
 * that can't be had even so has its error; an error that has nothing to do with how much was asked for is thrown.
 */
export async function fetchBatch(
  source: BatchSource,
  ids: readonly string[],
  signal: AbortSignal | undefined,
): Promise<Fetched[]> {
  const { ref, selection, withRunFields, pace } = source;
  const { entity, project } = ref;
  const variables = {
    entity,
    project,
    filters: JSON.stringify({ name: { $in: ids } }),
    first: ids.length,
    ...selection.variables,
  };
  let found: Map<string, Fetched>;
  let isCut: boolean;
  let mayBeCut: boolean;
  try {
    const answer = await withRunFields((fields) => {
      const query = chosenHistories(selection, fields);
      return askHistories<Skeleton>(source, {
        query,
        variables,
        runs: ids.length,
        isDivisible: ids.length > 1,
        signal,
      });
    });
    found = new Map(answer.runsIn(answer.project.runs).map((one) => [one.id, one]));
    const hasNextPage = answer.project.runs?.pageInfo?.hasNextPage;
    isCut = hasNextPage === true;
    mayBeCut = hasNextPage !== false;
    source.failedInARow = 0;
  } catch (error) {
    if (!isTooMuch(error)) throw error;
    const [only] = ids;
    if (ids.length === 1 && only !== undefined) {
      if (++source.failedInARow >= MOST_IN_A_ROW) throw error;
      return [{ id: only, error }];
    }
    pace.tooMuch(ids.length);
    return fetchParts(source, ids, Math.min(Math.ceil(ids.length / 2), pace.size()), signal);
  }
  checkChosen(source, ids, found, isCut);
  const missing = ids.filter((id) => !found.has(id));
  if (mayBeCut && missing.length > 0 && found.size > 0) {
    // The server may give fewer runs a page than it was asked for: what is gone is missing from the next answer too.
    if (isCut) pace.tooMuch(2 * found.size);
    for (const one of await fetchParts(source, missing, found.size, signal)) found.set(one.id, one);
  }
  return ids.map((id) => found.get(id) ?? { id });
}

async function fetchParts(
  source: BatchSource,
  ids: readonly string[],
  size: number,
  signal: AbortSignal | undefined,
): Promise<Fetched[]> {
  const all: Fetched[] = [];
  for (let at = 0; at < ids.length; at += size) {
    all.push(...(await fetchBatch(source, ids.slice(at, at + size), signal)));
  }
  return all;
}

/** @throws ProtocolError when the answer can't be one to the question: then nothing that it lacks is gone */
function checkChosen(
  { ref }: BatchSource,
  ids: readonly string[],
  found: ReadonlyMap<string, unknown>,
  isCut: boolean,
): void {
  refuseForeign(ref, ids, found, OPERATION);
  if (!isCut || found.size > 0) return;
  const { service, entity, project } = ref;
  throw new ProtocolError(
    `${service.baseUrl} gives no run, and says that more follow, ${OPERATION} of ${entity}/${project}.`,
    { operation: OPERATION, entity, project },
  );
}
