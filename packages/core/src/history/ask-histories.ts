import { type LazyrunsError, ProtocolError } from "../errors.ts";
import { orAskLess } from "../graphql/ask-less.ts";
import type { HistoryField, HistorySelection } from "../graphql/history-documents.ts";
import { edgesOf, type ProjectRef, projectOf } from "../graphql/project.ts";
import type { WireConnection, WireProject, WireRun } from "../graphql/wire.ts";
import type { CallOptions } from "../transport/call.ts";
import { letGo } from "../transport/let-go.ts";
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
export interface HistoryQuery {
  readonly ref: ProjectRef;
  readonly selection: HistorySelection;
  /**
   * Asks with the further fields of a run that are wanted, in GraphQL (none: the empty text); again with others, when
   * the server hasn't those.
   */
  readonly withRunFields: <T>(ask: (fields: string) => Promise<T>) => Promise<T>;
  readonly pace: BatchPace;
}

/** A run in an answer whose histories were taken out: the field holds the place among them. */
type SkeletonRun = WireRun & { readonly [field in HistoryField]?: unknown };

type SkeletonRuns = WireConnection<SkeletonRun>;

/** The parts of a project in such an answer. */
export interface Skeleton {
  readonly runs?: SkeletonRuns | null;
  readonly firstRun?: SkeletonRuns | null;
}

/** What requests for histories are for. */
export const OPERATION = "reading histories";

/** Sends one request for histories, and takes them out of the answer's bytes as columns. */
export async function askHistories<S extends Skeleton>(
  { ref, selection: { field, variables: asked }, pace }: HistoryQuery,
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
  const onFailure = orAskLess(isDivisible, told);
  const { data, histories } = await service.read(
    { query, variables, details, signal, onFailure },
    ({ bytes, headersMs, tries }) => {
      const size = bytes.length;
      const { skeleton, histories } = splitAnswer(withoutMark(bytes), field);
      letGo(bytes);
      const data = service.decode<WireProject<S>>(skeleton, { ...details, status: 200, tries });
      // A page of ids that came along says nothing of the runs' weight.
      const withIds = Boolean(data.project?.firstRun);
      const listed = withIds ? JSON.stringify(data.project?.runs).length : 0;
      pace.observe({ runs, headersMs, bytes: Math.max(0, size - listed), withIds });
      return { data, histories };
    },
  );
  const specs = Array.isArray(asked.specs) ? asked.specs.length : 1;
  const runsIn = (connection: SkeletonRuns | null | undefined) =>
    edgesOf(ref, connection, OPERATION).flatMap((edge) => {
      if (!edge?.node) return [];
      const { [field]: place, ...wire } = edge.node;
      const lists = typeof place === "number" ? histories[place] : place === null ? [] : undefined;
      // One list a spec, or none at all where there is no history.
      const chunks = lists?.length === specs || lists?.length === 0 ? lists : undefined;
      return [{ id: wire.name, wire, chunks, error: chunks ? undefined : notRows(ref, wire.name) }];
    });
  return { project: projectOf(ref, data, OPERATION), runsIn };
}

/** Without the byte order mark that some proxies put in front. */
function withoutMark(bytes: Uint8Array): Uint8Array {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
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
