import type { RunRef } from "../../graphql/run.ts";
import type { Chunk } from "../table/chunk.ts";
import { joinOn } from "../table/join-on.ts";
import { requireAll } from "../table/require-all.ts";
import { requireAny } from "../table/require-any.ts";
import { askRows } from "./ask-rows.ts";
import type { Extent } from "./extent.ts";
import type { ScanQuestion } from "./question.ts";

/** Steps a request: what the reference asks for. */
const PAGE_STEPS = 1000;

/** Every row of a run in the order of its steps, in pieces. */
export async function* scanRun(
  ref: RunRef,
  question: ScanQuestion,
  extent: Extent,
  signal: AbortSignal,
): AsyncGenerator<Chunk, void, undefined> {
  const { stream, keys, match, minStep = 0, maxStep = Number.POSITIVE_INFINITY } = question;
  if (stream === "system") {
    const [chunk] = await askRows(
      ref,
      "events",
      { samples: extent.eventsLineCount ?? 1_000_000 },
      { signal },
    );
    if (chunk === undefined) return;
    const require = match === "all" ? requireAll : requireAny;
    yield keys === undefined ? chunk : require(chunk, ["_runtime", ...keys]);
    return;
  }
  const end = Math.min(maxStep, (extent.lastStep ?? -1) + 1);
  for (let start = minStep; start < end; start += PAGE_STEPS) {
    const stop = Math.min(end, start + PAGE_STEPS);
    if (keys === undefined) {
      const variables = { minStep: start, maxStep: stop, samples: PAGE_STEPS };
      yield* await askRows(ref, "history", variables, { signal });
      continue;
    }
    const lists = match === "all" ? [["_step", ...keys]] : keys.map((key) => ["_step", key]);
    const specs = lists.map((keys) =>
      JSON.stringify({ keys, minStep: start, maxStep: stop - 1, samples: PAGE_STEPS }),
    );
    yield joinOn(await askRows(ref, "sampledHistory", { specs }, { signal }), "_step");
  }
}
