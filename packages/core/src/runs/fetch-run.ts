import { askRun, type RunRef } from "../graphql/run.ts";
import { getRun } from "../graphql/run-documents.ts";
import type { WireFullRun } from "../graphql/run-wire.ts";
import { refusesSweepField, type Sweep, sweepsOf } from "./sweep.ts";

/**
 * Fetches one run with its heavy fields and its sweep, in one request; in three from a server whose runs have no
 * `sweep` field.
 */
export async function fetchRun(
  ref: RunRef,
  signal: AbortSignal | undefined,
): Promise<{ wire: WireFullRun; sweep: Sweep | null }> {
  const ask = (sweep: boolean) =>
    askRun<WireFullRun>(ref, {
      query: getRun({ sweep }),
      variables: {},
      operation: "reading a run",
      signal,
    });
  let nested = true;
  const wire = await ask(true).catch((error: unknown) => {
    if (!refusesSweepField(error)) throw error;
    nested = false;
    return ask(false);
  });
  const [sweep] = (await sweepsOf(ref, [wire], nested, signal)).values();
  return { wire, sweep: sweep ?? null };
}
