import { abortable } from "../async/abort.ts";
import { LazyrunsError, NotFoundError } from "../errors.ts";
import { orAskLess } from "../graphql/ask-less.ts";
import { askRuns } from "../graphql/chosen-runs.ts";
import { LOAD_RUNS } from "../graphql/documents.ts";
import type { ProjectRef } from "../graphql/project.ts";
import type { WireHeavy } from "../graphql/wire.ts";
import { CONNECTIONS } from "../transport/connections.ts";
import { isTooMuch } from "../transport/too-much.ts";
import { BatchSize } from "./batch-size.ts";
import { fillRun, type Run } from "./run.ts";

/** How loading goes on, for the caller. */
export interface LoadOptions {
  readonly signal?: AbortSignal | undefined;
  /** Told after each request how many of the caller's runs it brought. */
  readonly onLoaded?: ((count: number) => void) | undefined;
  /**
   * Told of each run whose request failed, while the others are waited for; what it throws fails the call as it is.
   * Without it the first such error fails the call.
   */
  readonly onFailed?: ((run: Run, error: unknown) => void) | undefined;
}

/** A run that is to be loaded: one order, whoever wants it. */
interface Order {
  readonly run: Run;
  readonly done: Promise<void>;
  readonly settle: (error?: unknown) => void;
  /** How many callers wait for it; what nobody waits for isn't sent, and ended where it is. */
  wanted: number;
  batch: Batch | undefined;
}

interface Batch {
  readonly orders: readonly Order[];
  readonly stop: AbortController;
}

/**
 * Fetches the heavy fields of runs, many a request and several requests at a time. A run is asked for once, however
 * many want it, and never again when it is loaded.
 */
export class RunLoader {
  readonly #ref: ProjectRef;
  readonly #pageOf: (run: Run) => readonly Run[];
  readonly #orders = new Map<Run, Order>();
  readonly #queue = new Set<Order>();
  readonly #size: BatchSize;
  #inFlight = 0;
  #asked: Run | undefined;

  /** @param size - how much a request asks for: what is learnt elsewhere of how heavy these runs are, counts here */
  constructor(ref: ProjectRef, pageOf: (run: Run) => readonly Run[], size = new BatchSize()) {
    this.#ref = ref;
    this.#size = size;
    this.#pageOf = pageOf;
  }

  /**
   * Loads one run, and with it what else is asked for in this tick and the rest of the first one's page, which is given
   * up with it when the signal aborts.
   */
  async load(run: Run, signal?: AbortSignal): Promise<void> {
    const order = this.#order(run);
    const orders = [order];
    if (this.#asked === undefined) {
      this.#asked = run;
      setImmediate(() => {
        this.#asked = undefined;
        const rest = signal?.aborted ? [] : this.#pageOf(run).filter((other) => !other.isLoaded);
        orders.push(...rest.map((other) => this.#order(other)));
        this.#send();
      });
    }
    try {
      await abortable(order.done, signal);
    } catch (error) {
      if (signal?.aborted) for (const order of orders) this.#release(order);
      throw error;
    }
    if (!run.isLoaded) throw gone(run);
  }

  /**
   * Loads those that aren't loaded yet. A run that the server no longer has stays lazy.
   *
   * @throws what the failed request threw, naming the runs that are missing. What arrived before is loaded.
   */
  async loadAll(runs: readonly Run[], { signal, onLoaded, onFailed }: LoadOptions = {}): Promise<void> {
    signal?.throwIfAborted();
    const missing = runs.filter((run) => !run.isLoaded);
    const orders = missing.map((run) => this.#order(run));
    const told = onLoaded && gather(onLoaded);
    const all = Promise.all(
      orders.map(({ run, done }) => done.then(told, onFailed && ((error) => onFailed(run, error)))),
    );
    this.#send();
    try {
      await abortable(all, signal);
    } catch (error) {
      for (const order of orders) this.#release(order);
      throw signal?.aborted || onFailed !== undefined ? error : named(error, missing);
    }
  }

  #order(run: Run): Order {
    const known = this.#orders.get(run);
    if (known !== undefined) {
      known.wanted++;
      return known;
    }
    let settle: Order["settle"] = () => undefined;
    const done = new Promise<void>((resolve, reject) => {
      settle = (error) => (error === undefined ? resolve() : reject(error));
    });
    done.catch(() => undefined); // whoever waits is told; a run of somebody's page may have nobody who waits
    const order: Order = { run, done, settle, wanted: 1, batch: undefined };
    this.#orders.set(run, order);
    this.#queue.add(order);
    return order;
  }

  /** One caller less: what nobody else wants is dropped, and a request that holds only such is ended. */
  #release(order: Order): void {
    order.wanted--;
    if (order.wanted > 0 || this.#orders.get(order.run) !== order) return;
    if (this.#queue.delete(order)) this.#orders.delete(order.run);
    else if (order.batch?.orders.every(({ wanted }) => wanted === 0)) order.batch.stop.abort();
  }

  /** Sends what waits, as far as there are places. */
  #send(): void {
    if (this.#asked !== undefined) return; // what is asked for in this tick goes together
    while (this.#queue.size > 0 && this.#inFlight < (this.#size.isKnown ? CONNECTIONS : 1)) {
      const orders: Order[] = [];
      for (const order of this.#queue) {
        if (orders.length === this.#size.runs) break;
        orders.push(order);
        this.#queue.delete(order);
      }
      this.#inFlight++;
      this.#fetch(orders).finally(() => {
        this.#inFlight--;
        this.#send();
      });
    }
  }

  /** Never rejects: each order is told. */
  async #fetch(orders: readonly Order[]): Promise<void> {
    const batch: Batch = { orders, stop: new AbortController() };
    for (const order of orders) order.batch = batch;
    let failure: unknown;
    try {
      await this.#ask(orders, batch.stop.signal);
    } catch (error) {
      const again = orders.filter(({ wanted }) => wanted > 0);
      if (
        batch.stop.signal.aborted ? again.length > 0 : isTooMuch(error) && this.#size.halve(orders.length)
      ) {
        for (const order of again) this.#queue.add(order);
        for (const order of orders) if (order.wanted === 0) this.#orders.delete(order.run);
        return;
      }
      failure = error;
    }
    for (const order of orders) {
      this.#orders.delete(order.run);
      order.settle(failure);
    }
  }

  async #ask(orders: readonly Order[], signal: AbortSignal): Promise<void> {
    const onFailure = orAskLess(orders.length > 1);
    const ids = orders.map(({ run }) => run.id);
    const request = { query: LOAD_RUNS, variables: {}, operation: "loading runs", signal, onFailure };
    let before = 0;
    for await (const { nodes, size } of askRuns<WireHeavy>(this.#ref, ids, request)) {
      for (const { run } of orders) {
        const heavy = nodes.get(run.id);
        if (heavy !== undefined) fillRun(run, heavy);
      }
      if (nodes.size === 0) continue;
      this.#size.learn(nodes.size, size);
      if (before > 0) this.#size.limit(Math.max(before, nodes.size)); // more came only when asked for again
      before = nodes.size;
    }
  }
}

/**
 * Orders of one request settle in one go: one call for all of them. What the call throws fails each who waits for the
 * promise returned, and it isn't told again.
 */
function gather(tell: (count: number) => void): () => Promise<void> {
  let count = 0;
  let turn: Promise<void> | undefined;
  return () => {
    count++;
    turn ??= Promise.resolve().then(() => {
      const gathered = count;
      count = 0;
      tell(gathered);
      turn = undefined;
    });
    return turn;
  };
}

function gone({ entity, project, id }: Run): NotFoundError {
  return new NotFoundError(`Run ${id} of ${entity}/${project} is gone: it was deleted after it was listed.`, {
    operation: "loading a run",
    entity,
    project,
    run: id,
  });
}

const MOST_NAMED = 10;

/**
 * The same error with the runs that are missing, in its message the first of them. It is a new one, since others who
 * wait for the same request lack other runs; every detail goes over, whatever the kind of error has.
 */
function named(error: unknown, runs: readonly Run[]): unknown {
  const missing = runs.filter((run) => !run.isLoaded).map(({ id }) => id);
  if (!(error instanceof LazyrunsError) || missing.length === 0) return error;
  const ids = missing.slice(0, MOST_NAMED).join(", ");
  const more = missing.length > MOST_NAMED ? ` and ${missing.length - MOST_NAMED} more` : "";
  const Kind = error.constructor as new (message: string, details: object) => LazyrunsError;
  const message = `${error.message} Not loaded: ${ids}${more} (${missing.length} of ${runs.length} runs).`;
  return new Kind(message, { ...error, missing, cause: error });
}
