import { ProtocolError } from "../../errors.ts";
import { type RunRef, runDetails } from "../../graphql/run.ts";
import type { Chunk } from "../table/chunk.ts";
import { requireAll } from "../table/require-all.ts";
import { requireAny } from "../table/require-any.ts";
import { askRows, OPERATION } from "./ask-rows.ts";
import type { Extent } from "./extent.ts";
import type { ScanQuestion } from "./question.ts";

/** Rows that are asked for beyond those that were counted: a run may go on meanwhile. */
const MORE = 1000;
/** Rows that are asked for where the server doesn't count. */
const MANY = 1_000_000;

/** The machine's metrics of a run, all in one answer: they have no steps by which to ask for some. */
export async function* scanSystem(
  ref: RunRef,
  question: ScanQuestion,
  { eventsLineCount }: Extent,
  signal: AbortSignal,
): AsyncGenerator<Chunk, void, undefined> {
  if (eventsLineCount === 0) return;
  const samples = eventsLineCount === null ? MANY : eventsLineCount + MORE;
  const { chunks } = await askRows(ref, "events", { samples }, { signal });
  const numRows = chunks.reduce((sum, chunk) => sum + chunk.numRows, 0);
  for (const chunk of chunks) yield systemRows(chunk, question);
  if (numRows >= (eventsLineCount ?? 0)) return;
  const { service, entity, project, run } = ref;
  throw new ProtocolError(
    `${service.baseUrl} gave ${numRows} of the ${eventsLineCount} rows of machine metrics of run ${run} of ` +
      `${entity}/${project}. All that it gave came before this error.`,
    runDetails(ref, OPERATION),
  );
}

/** Of the machine's metrics, which come all, those that were asked for. */
export function systemRows(chunk: Chunk, { keys, match }: ScanQuestion): Chunk {
  if (keys === undefined) return chunk;
  return match === "all" ? requireAll(chunk, ["_runtime", ...keys]) : requireAny(chunk, keys, ["_runtime"]);
}
