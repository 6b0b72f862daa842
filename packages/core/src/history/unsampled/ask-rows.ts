import { ProtocolError } from "../../errors.ts";
import type { HistoryField } from "../../graphql/history-documents.ts";
import { projectOf } from "../../graphql/project.ts";
import { type RunRef, runDetails, runNotFound } from "../../graphql/run.ts";
import { rowsOfRun } from "../../graphql/scan-documents.ts";
import type { WireProject } from "../../graphql/wire.ts";
import type { CallOptions } from "../../transport/call.ts";
import { letGo } from "../../transport/let-go.ts";
import { splitAnswer } from "../scan/split-answer.ts";
import type { Chunk } from "../table/chunk.ts";

/** What requests for whole histories are for. */
export const OPERATION = "reading a whole history";

/** A run in an answer whose rows were taken out: the field holds the place among them. */
type SkeletonRun = { readonly [field in HistoryField]?: unknown };

/** Rows as they came. */
export interface AskedRows {
  readonly chunks: readonly Chunk[];
  /** Of the whole answer, unpacked. */
  readonly bytes: number;
}

/**
 * Asks one run for rows: one chunk, or of `sampledHistory` one a spec; none at all where there is no history.
 *
 * @throws NotFoundError when the run is gone; ProtocolError for what isn't rows; what `Service.execute` throws
 */
export async function askRows(
  ref: RunRef,
  field: HistoryField,
  variables: Readonly<Record<string, unknown>>,
  options: Pick<CallOptions, "signal" | "onFailure">,
): Promise<AskedRows> {
  const { service, entity, project, run } = ref;
  const details = runDetails(ref, OPERATION);
  const request = {
    ...options,
    query: rowsOfRun(field),
    variables: { entity, project, name: run, ...variables },
    details,
  };
  const { data, histories, size } = await service.read(request, ({ bytes, tries }) => {
    const size = bytes.length;
    const { skeleton, histories } = splitAnswer(bytes, field);
    letGo(bytes);
    type Answer = WireProject<{ readonly run?: SkeletonRun | null }>;
    return { data: service.decode<Answer>(skeleton, { ...details, status: 200, tries }), histories, size };
  });
  const answered = projectOf(ref, data, OPERATION).run;
  if (answered === null || answered === undefined) throw runNotFound(ref, OPERATION);
  const place = answered[field];
  if (place === null) return { chunks: [], bytes: size };
  const chunks = typeof place === "number" ? histories[place] : undefined;
  if (chunks !== undefined) return { chunks, bytes: size };
  throw new ProtocolError(
    `The history of run ${run} of ${entity}/${project} came in a form that is not rows.`,
    details,
  );
}
