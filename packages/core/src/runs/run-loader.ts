import { abortable } from "../async/abort.ts";
import { orderedMap } from "../async/ordered-map.ts";
import { NotFoundError } from "../errors.ts";
import { LOAD_RUNS } from "../graphql/documents.ts";
import { askRuns, type ProjectRef } from "../graphql/project.ts";
import type { WireHeavy } from "../graphql/wire.ts";
import { CONNECTIONS } from "../transport/http-client.ts";
import { fillRun, type Run } from "./run.ts";

/** The most runs, and about the most characters, that one request loads. */
const MOST_RUNS = 100;
const MOST_CHARACTERS = 8_000_000;
/** The first request is smaller: how heavy this project's runs are isn't known yet. */
const FIRST_RUNS = 50;

/** How loading goes on, for the caller. */
export interface LoadOptions {
  readonly signal?: AbortSignal | undefined;
  /** Told after each request how many runs it was for. */
  readonly onLoaded?: ((count: number) => void) | undefined;
}

/** Fetches the heavy fields of runs, many a request; a run that is loaded is never asked for again. */
export class RunLoader {
  readonly #ref: ProjectRef;
  readonly #pageOf: (run: Run) => readonly Run[];
  readonly #underWay = new Map<Run, Promise<void>>();
  readonly #wanted = new Set<Run>();
  #flush: Promise<void> | undefined;
  #charactersPerRun: number | undefined;

  constructor(ref: ProjectRef, pageOf: (run: Run) => readonly Run[]) {
    this.#ref = ref;
    this.#pageOf = pageOf;
  }

  /** Loads one run, and with it what else is asked for in this tick and the rest of the first one's page. */
  async load(run: Run, signal?: AbortSignal): Promise<void> {
    this.#wanted.add(run);
    this.#flush ??= new Promise((resolve) => setImmediate(resolve)).then(() => {
      this.#flush = undefined;
      const [first] = this.#wanted;
      const runs = new Set([...this.#wanted, ...(first === undefined ? [] : this.#pageOf(first))]);
      this.#wanted.clear();
      return this.loadAll([...runs]);
    });
    this.#flush.catch(() => undefined); // whoever asked is told, unless their own signal was faster
    await abortable(this.#flush, signal);
    if (!run.isLoaded) throw gone(run);
  }

  /** Loads those that aren't loaded yet, many requests at a time. A run that the server no longer has stays lazy. */
  async loadAll(runs: readonly Run[], options: LoadOptions = {}): Promise<void> {
    const others = new Set<Promise<void>>();
    const missing: Run[] = [];
    for (const run of runs) {
      const work = this.#underWay.get(run);
      if (work !== undefined) others.add(work);
      else if (!run.isLoaded) missing.push(run);
    }
    const work = this.#fetchAll(missing, options).finally(() => {
      for (const run of missing) this.#underWay.delete(run);
    });
    for (const run of missing) this.#underWay.set(run, work);
    await work;
    if (others.size === 0) return;
    // Others' work may have failed, or ended by a signal of theirs: what it left is ours.
    await abortable(Promise.allSettled(others), options.signal);
    await this.loadAll(
      runs.filter((run) => !run.isLoaded && !missing.includes(run)),
      options,
    );
  }

  async #fetchAll(runs: readonly Run[], { signal, onLoaded }: LoadOptions): Promise<void> {
    let at = 0;
    if (this.#charactersPerRun === undefined && runs.length > 0) {
      const first = runs.slice(0, FIRST_RUNS);
      await this.#fetch(first, signal);
      onLoaded?.(first.length);
      at = first.length;
    }
    const size = this.#batchSize();
    const batches: Run[][] = [];
    for (; at < runs.length; at += size) batches.push(runs.slice(at, at + size));
    const fetch = async (batch: readonly Run[], inner: AbortSignal) => {
      await this.#fetch(batch, inner);
      return batch.length;
    };
    for await (const count of orderedMap(batches, { inFlight: CONNECTIONS, signal }, fetch))
      onLoaded?.(count);
  }

  #batchSize(): number {
    return Math.max(1, Math.min(MOST_RUNS, Math.floor(MOST_CHARACTERS / (this.#charactersPerRun ?? 1))));
  }

  async #fetch(batch: readonly Run[], signal: AbortSignal | undefined): Promise<void> {
    const { nodes, size } = await askRuns<WireHeavy>(
      this.#ref,
      batch.map(({ id }) => id),
      { query: LOAD_RUNS, variables: {}, operation: "loading runs", signal },
    );
    for (const run of batch) {
      const heavy = nodes.get(run.id);
      if (heavy !== undefined) fillRun(run, heavy);
    }
    this.#charactersPerRun = Math.max(1, size / batch.length);
  }
}

function gone({ entity, project, id }: Run): NotFoundError {
  return new NotFoundError(`Run ${id} of ${entity}/${project} is gone: it was deleted after it was listed.`, {
    operation: "loading a run",
    entity,
    project,
    run: id,
  });
}
