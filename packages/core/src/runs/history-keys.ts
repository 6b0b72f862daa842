import { orderedMap } from "../async/ordered-map.ts";
import { Shared } from "../async/shared.ts";
import { askRuns } from "../graphql/chosen-runs.ts";
import type { ProjectRef } from "../graphql/project.ts";
import { runNotFound } from "../graphql/run.ts";
import { HISTORY_KEYS } from "../graphql/run-documents.ts";
import type { WireHistoryKey, WireHistoryKeys } from "../graphql/run-wire.ts";
import { CONNECTIONS } from "../transport/connections.ts";
import { MOST_RUNS } from "./batch-size.ts";

/** What a run's history holds under one key. */
export interface HistoryKey {
  /** How many values there are of which type: `"number"`, `"string"`, `"boolean"`, `"histogram"` and so on. */
  readonly typeCounts: readonly { readonly type: string; readonly count: number }[];
  /** Whether the values never fall; null when the server doesn't say. */
  readonly monotonic: boolean | null;
  /** The last number, `NaN` and the infinities too; null when the values are no numbers. */
  readonly lastValue: number | bigint | null;
}

/** What a run's history holds. */
export interface HistoryContents {
  readonly keys: ReadonlyMap<string, HistoryKey>;
  readonly lastStep: number | null;
}

interface WireKeys {
  readonly historyKeys?: WireHistoryKeys | null;
}

const OPERATION = "reading the history keys";

type Answer = ReadonlyMap<string, WireKeys>;

/** What was asked for in this tick, by whom: `Run`s that came together share their `ProjectRef`. */
interface Batch {
  readonly ids: Set<string>;
  readonly answer: Shared<Answer>;
}

const underWay = new WeakMap<ProjectRef, Batch>();

/**
 * Asks what a run's history holds, in one request with all other runs asked about in the same tick. The request is ended
 * when the signals of all who wait for it have aborted.
 */
export async function readHistoryContents(
  ref: ProjectRef,
  run: string,
  signal: AbortSignal,
): Promise<HistoryContents> {
  let batch = underWay.get(ref);
  if (batch === undefined || batch.answer.isAbandoned) {
    const ids = new Set<string>();
    const answer = new Shared(async (inner) => {
      await new Promise((resolve) => setImmediate(resolve));
      if (underWay.get(ref)?.ids === ids) underWay.delete(ref);
      inner.throwIfAborted();
      return ask(ref, [...ids], inner);
    });
    batch = { ids, answer };
    underWay.set(ref, batch);
  }
  batch.ids.add(run);
  const node = (await batch.answer.wait(signal)).get(run);
  if (node === undefined) throw runNotFound({ ...ref, run }, OPERATION);
  return historyContents(node.historyKeys);
}

async function ask(ref: ProjectRef, ids: readonly string[], signal: AbortSignal): Promise<Answer> {
  const batches: string[][] = [];
  for (let at = 0; at < ids.length; at += MOST_RUNS) batches.push(ids.slice(at, at + MOST_RUNS));
  const answer = new Map<string, WireKeys>();
  const fetch = async (batch: readonly string[], inner: AbortSignal) => {
    const request = { query: HISTORY_KEYS, variables: {}, operation: OPERATION, signal: inner };
    for await (const { nodes } of askRuns<WireKeys>(ref, batch, request)) {
      for (const [id, node] of nodes) answer.set(id, node);
    }
  };
  for await (const _ of orderedMap(batches, { inFlight: CONNECTIONS, signal }, fetch));
  return answer;
}

/** W&B's `historyKeys`, which is null for a run without history. */
export function historyContents(wire: WireHistoryKeys | null | undefined): HistoryContents {
  const keys = Object.entries(wire?.keys ?? {}).map(([key, facts]) => [key, historyKey(facts)] as const);
  const lastStep = wire?.lastStep ?? -1;
  return { keys: new Map(keys), lastStep: lastStep < 0 ? null : lastStep };
}

function historyKey(wire: WireHistoryKey | null): HistoryKey {
  const { typeCounts, monotonic, previousValue } = wire ?? {};
  return {
    typeCounts: typeCounts ?? [],
    monotonic: monotonic ?? null,
    lastValue: lastValue(previousValue),
  };
}

/** The answer is strict JSON, where NaN and the infinities are words. */
function lastValue(value: unknown): number | bigint | null {
  if (typeof value === "number" || typeof value === "bigint") return value;
  if (value === "NaN") return Number.NaN;
  if (value === "Infinity") return Number.POSITIVE_INFINITY;
  return value === "-Infinity" ? Number.NEGATIVE_INFINITY : null;
}
