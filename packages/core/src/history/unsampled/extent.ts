import { askRun, type RunRef } from "../../graphql/run.ts";
import type { WireHistoryKeys } from "../../graphql/run-wire.ts";
import { extentOfRun } from "../../graphql/scan-documents.ts";
import type { WireRun } from "../../graphql/wire.ts";
import { OPERATION } from "./ask-rows.ts";

/** How much of a run there is. */
export interface Extent {
  /** How many rows were logged; null when the server doesn't say. */
  readonly lineCount: number | null;
  /** How many rows the machine's metrics have; null when the server doesn't say. */
  readonly eventsLineCount: number | null;
  /** The last step; null where none is known. */
  readonly lastStep: number | null;
  /** The further fields that were asked for. */
  readonly wire: WireRun;
}

interface WireExtent extends WireRun {
  readonly historyKeys?: WireHistoryKeys | null;
  readonly eventsLineCount?: number | null;
}

/**
 * Asks how much of a run there is.
 *
 * @param fields - further fields of the run, in GraphQL
 */
export async function askExtent(
  ref: RunRef,
  fields: string,
  signal: AbortSignal | undefined,
): Promise<Extent> {
  const query = extentOfRun(`name historyLineCount eventsLineCount historyKeys ${fields}`);
  const wire = await askRun<WireExtent>(ref, { query, variables: {}, operation: OPERATION, signal });
  const lastStep = wire.historyKeys?.lastStep ?? -1;
  return {
    lineCount: wire.historyLineCount ?? null,
    eventsLineCount: wire.eventsLineCount ?? null,
    lastStep: lastStep < 0 ? null : Number(lastStep),
    wire,
  };
}
