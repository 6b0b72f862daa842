import { type LazyrunsError, ProtocolError } from "../errors.ts";
import { chosenHistories, type HistoryField, type HistorySelection } from "../graphql/history-documents.ts";
import { edgesOf, type ProjectRef, projectOf } from "../graphql/project.ts";
import type { WireConnection, WireProject, WireRun } from "../graphql/wire.ts";
import type { CallOptions } from "../transport/call.ts";
import { letGo } from "../transport/let-go.ts";
import { isTooMuch } from "../transport/too-much.ts";
import type { BatchPace } from "./batch-pace.ts";
import { splitAnswer } from "./scan/split-answer.ts";
import type { Chunk } from "./table/chunk.ts";

/** What came of one run: its columns, or why they can't be had; neither when the run is gone. */
export interface Fetched {
  readonly id: string;
  /** The run's other fields, where they were asked for. */
  readonly wire?: WireRun | undefined;
  readonly chunks?: readonly Chunk[] | undefined;
  readonly error?: LazyrunsError | undefined;
}

/** How a project's histories are asked for. */
export interface BatchSource {
  readonly ref: ProjectRef;
  readonly selection: HistorySelection;
  /**
   * Asks with the further fields of a run that are wanted, in GraphQL (none: the empty text); again with others, when
   * the server hasn't those.
   */
  readonly withRunFields: <T>(ask: (fields: string) => Promise<T>) => Promise<T>;
  readonly pace: BatchPace;
  /** How many runs could not be had by themselves since one last could. */
  failedInARow: number;
}

/** When so many runs in a row can't be had, the server is taken to be at fault, and not the runs. */
const MOST_IN_A_ROW = 10;

/** A run in an answer whose histories were taken out: the field holds the place among them. */
type SkeletonRun = WireRun & { readonly [field in HistoryField]?: unknown };

type SkeletonRuns = WireConnection<SkeletonRun>;

/** The parts of a project in such an answer. */
export interface Skeleton {
  readonly runs?: SkeletonRuns | null;
  readonly firstRun?: SkeletonRuns | null;
}

const OPERATION = "reading histories";

/** Sends one request for histories, and takes them out of the answer's bytes as columns. */
export async function askHistories<S extends Skeleton>(
  { ref, selection: { field }, pace }: BatchSource,
  {
    query,
    variables,
    runs,
    isDivisible,
    signal,
    onFailure: told,
  }: {
    readonly query: string;
    /** All of them, `entity` and `project` too. */
    readonly variables: Readonly<Record<string, unknown>>;
    /** How many histories are asked for. */
    readonly runs: number;
    /** Whether less can be asked for instead, when this is too much. */
    readonly isDivisible: boolean;
    readonly signal: AbortSignal | undefined;
    readonly onFailure?: CallOptions["onFailure"];
  },
): Promise<{ readonly project: S; readonly runsIn: (runs: SkeletonRuns | null | undefined) => Fetched[] }> {
  const { service, entity, project } = ref;
  const details = { operation: OPERATION, entity, project };
  const onFailure = async (error: Error, tries: number) => {
    await told?.(error, tries);
    if (isDivisible && isTooMuch(error)) throw error; // smaller ones are tried sooner than the same again and again
  };
  const { data, histories } = await service.read(
    { query, variables, details, signal, onFailure },
    ({ bytes, headersMs, tries }) => {
      const size = bytes.length;
      const { skeleton, histories } = splitAnswer(bytes, field);
      letGo(bytes);
      const data = service.decode<WireProject<S>>(skeleton, { ...details, status: 200, tries });
      // A page of ids that came along says nothing of the runs' weight.
      const listed = data.project?.firstRun ? JSON.stringify(data.project.runs).length : 0;
      pace.observe({ runs, headersMs, bytes: Math.max(0, size - listed) });
      return { data, histories };
    },
  );
  const runsIn = (connection: SkeletonRuns | null | undefined) =>
    edgesOf(ref, connection, OPERATION).flatMap((edge) => {
      if (!edge?.node) return [];
      const { [field]: place, ...wire } = edge.node;
      const chunks = typeof place === "number" ? histories[place] : place === null ? [] : undefined;
      return [{ id: wire.name, wire, chunks, error: chunks ? undefined : notRows(ref, wire.name) }];
    });
  return { project: projectOf(ref, data, OPERATION), runsIn };
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

function notRows({ entity, project }: ProjectRef, run: string): ProtocolError {
  return new ProtocolError(
    `The history of run ${run} of ${entity}/${project} came in a form that is not rows.`,
    {
      operation: OPERATION,
      entity,
      project,
      run,
    },
  );
}
