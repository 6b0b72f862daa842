import type { HistorySelection } from "../../graphql/history-documents.ts";
import type { Chunk } from "../table/chunk.ts";
import { joinOn } from "../table/join-on.ts";
import type { ScanQuestion } from "./question.ts";
import type { Window } from "./window.ts";

const STEP = "_step";

type Metrics = Pick<ScanQuestion, "keys" | "match">;

/** How many lists of rows an answer has. */
export function listsOf({ keys, match }: Metrics): number {
  return match === "any" ? (keys?.length ?? 1) : 1;
}

/** What to ask a run for, of a window of steps or, without one, of its whole history; at most `samples` rows a list. */
export function selectionOf(metrics: Metrics, samples: number, window?: Window): HistorySelection {
  const { keys, match } = metrics;
  const steps = window && { minStep: window.start, maxStep: window.end };
  if (keys === undefined) return { field: "history", variables: { ...steps, samples } };
  // The last step is in such a range, and a step may be a fraction: what is too much is left out when it has come.
  const lists = match === "all" ? [keys] : keys.map((key) => [key]);
  const specs = lists.map((list) =>
    JSON.stringify({ keys: [...new Set([STEP, ...list])], ...steps, samples }),
  );
  return { field: "sampledHistory", variables: { specs } };
}

/** The lists of an answer as one chunk. */
export function together(chunks: readonly Chunk[], { keys, match }: Metrics): Chunk {
  const [first] = chunks;
  const isJoined = keys !== undefined && match === "any";
  return first === undefined || isJoined ? joinOn(chunks, STEP) : first;
}
