import { Cap } from "../graphql/cap.ts";
import type { Service } from "../graphql/service.ts";
import { CONNECTIONS } from "../transport/connections.ts";

/** What one answered request tells about the server. */
export interface Observation {
  /** Runs whose history was in it. */
  readonly runs: number;
  /** Milliseconds until the answer's headers came. */
  readonly headersMs: number;
  /** Bytes of the histories, unpacked. */
  readonly bytes: number;
  /** Whether a page of ids came along, for which the server took a while of its own. */
  readonly withIds?: boolean | undefined;
}

/** Runs a request: beyond it memory grows and nothing is gained. */
const MOST_RUNS = 50;
/** Bytes of the histories in one answer, unpacked. */
const MOST_BYTES = 4_000_000;
/** Smaller batches than this aren't worth a request of their own, unless the server is slow. */
const FEW_RUNS = 30;
/** A first answer that takes longer than this comes from a slow server, whatever made it slow. */
const SLOW_MS = 150;
/** A middling batch may take so long on the word of a single answer; of one with a page of ids, so long. */
const LATE_MS = 600;
const LATE_WITH_IDS_MS = 1200;
/** Until it is known what makes a server slow, a batch is as small as may tell. */
const FEW_WHEN_SLOW = 2;
/** A batch is worth this many round trips of the server's time, or this many milliseconds when that is more. */
const ROUND_TRIPS = 3;
const LEAST_MS = 60;
/** So many runs keep all requests busy for a while. */
const MANY_LEFT = 5 * CONNECTIONS;
/** How many observations back the least times are taken from: a server may become slower or faster. */
const MEMORY = 30;
/** Batches that must go well before larger ones are tried again after one was too much. */
const PATIENCE = 10;

/**
 * How many runs to ask for in the next request.
 *
 * A request costs a round trip and then the server's time for each run, and both are seen only as a sum. The least
 * times seen for few and for many runs tell them apart: a stalled event loop, a queue at the server or a retry only
 * ever makes a time longer. Until requests of two sizes were answered, other requests' times stand for the round trip;
 * without any, a quick answer makes middling batches and a slow one small ones. Measurements behind the numbers: `bench/RESULTS.md`.
 */
export class BatchPace {
  readonly #leastMs: () => number;
  #seen: Observation[] = [];
  #bytesPerRun = 0;
  readonly #cap = new Cap(MOST_RUNS, PATIENCE);

  /** @param leastMs - the least time that another request to the server took; Infinity when there was none */
  constructor(leastMs: () => number = () => Number.POSITIVE_INFINITY) {
    this.#leastMs = leastMs;
  }

  /**
   * The size of the next batch, at least 1.
   *
   * @param left - the runs still to ask for, when it is known: they are spread over all requests in flight, so that
   *   the last of them don't wait for one large batch
   */
  size(left: number | undefined = Number.POSITIVE_INFINITY): number {
    const fits = this.#bytesPerRun === 0 ? MOST_RUNS : MOST_BYTES / this.#bytesPerRun;
    const spread = Math.max(FEW_RUNS, Math.ceil(left / CONNECTIONS));
    // Two runs save a round trip even where each takes long; at the end they would be waited for.
    const worth = Math.max(left > MANY_LEFT && !this.isNew ? 2 : 1, this.#worthOneRequest());
    // Never none, whatever is measured: no batch would mean that there are no more runs.
    return Math.max(1, Math.floor(Math.min(this.#cap.value, fits, spread, worth))) || 1;
  }

  /** Whether nothing was seen of the server yet. */
  get isNew(): boolean {
    return this.#seen.length === 0;
  }

  observe(observation: Observation): void {
    if (observation.runs === 0) return;
    this.#seen.push(observation);
    if (this.#seen.length > MEMORY) this.#seen.shift();
    this.#bytesPerRun = Math.max(...this.#seen.map(({ bytes, runs }) => bytes / runs));
    if (observation.runs >= this.#cap.value) this.#cap.succeed();
  }

  /** A batch of so many runs was more than the server bears, or gives in one page. */
  tooMuch(runs: number): void {
    this.#cap.lower(Math.floor(runs / 2));
  }

  /** How many runs make a request that is neither all round trip nor all waiting. */
  #worthOneRequest(): number {
    const least = new Map<number, number>();
    for (const { runs, headersMs } of this.#seen) {
      least.set(runs, Math.min(least.get(runs) ?? Number.POSITIVE_INFINITY, headersMs));
    }
    const few = Math.min(...least.keys());
    const many = Math.max(...least.keys());
    const [fewMs = 0, manyMs = 0] = [least.get(few), least.get(many)];
    if (least.size === 0) return 1;
    if (least.size === 1) return this.#guess(few, fewMs);
    const perRun = Math.max(0, manyMs - fewMs) / (many - few);
    return worth(Math.max(0, fewMs - few * perRun), perRun);
  }

  /** From requests of one size alone: what other requests took tells the round trip, if there were any. */
  #guess(runs: number, ms: number): number {
    const roundTrip = this.#leastMs();
    if (roundTrip > ms) return ms / runs < SLOW_MS ? FEW_RUNS : FEW_WHEN_SLOW;
    const perRun = (ms - roundTrip) / runs;
    const late = this.#seen.every(({ withIds }) => withIds) ? LATE_WITH_IDS_MS : LATE_MS;
    // A single answer is easily some milliseconds late: it makes small batches only where it is late by much.
    return perRun * FEW_RUNS < late ? Math.max(FEW_RUNS, worth(roundTrip, perRun)) : worth(roundTrip, perRun);
  }
}

function worth(roundTrip: number, perRun: number): number {
  return Math.max(ROUND_TRIPS * roundTrip, LEAST_MS) / perRun;
}

const paces = new WeakMap<Service, Map<string, BatchPace>>();

/**
 * What is known of a server, remembered for as long as the connection to it: one pace for each kind of request.
 * Requests are of one kind when they weigh about the same for the server and for the line.
 *
 * @param kind - few in number, whatever is asked in the course of time
 */
export function paceOf(service: Service, kind: string): BatchPace {
  const byKind = paces.get(service) ?? new Map<string, BatchPace>();
  paces.set(service, byKind);
  const pace = byKind.get(kind) ?? new BatchPace(() => service.leastMs);
  byKind.set(kind, pace);
  return pace;
}
