import { abortable } from "../async/abort.ts";
import { LazyrunsError, ProtocolError, ServerError } from "../errors.ts";
import { COUNT_RUNS, listRuns } from "../graphql/documents.ts";
import { askProject, edgesOf, type ProjectRef } from "../graphql/project.ts";
import type { WireListing } from "../graphql/wire.ts";
import { makeRun, type Run, type RunHome } from "./run.ts";
import { sweepsOf } from "./sweep.ts";

/** Which runs to list, and how. */
export interface Listing {
  /** JSON text. */
  readonly filters: string;
  readonly order: string;
  /** Runs a request; absent: 50 at first, then 1000, or 100 when they are full. */
  readonly perPage: number | undefined;
  readonly includeSweeps: boolean;
}

const FIRST_PAGE = 50;
/** The most that W&B's server gives in one page; full runs weigh a thousand times as much as light ones. */
const LARGEST_PAGE = 1000;
const LARGEST_FULL_PAGE = 100;

/** The runs of a listing as far as they are fetched: pages come once, in order, and are kept. */
export class RunList {
  readonly #ref: ProjectRef;
  readonly #listing: Listing;
  readonly #home: RunHome;
  readonly #runs: Run[] = [];
  readonly #pages = new WeakMap<Run, readonly Run[]>();
  readonly #ids = new Set<string>();
  readonly #cursors = new Set<string>();
  #cursor: string | null = null;
  #count: Promise<number> | undefined;
  #next: Promise<void> | undefined;
  #done = false;
  #sweepsNested = true;
  /** Whether the pages to come carry the heavy fields. */
  full: boolean;

  constructor(ref: ProjectRef, listing: Listing, full: boolean, load: RunHome["load"]) {
    this.#ref = ref;
    this.#listing = listing;
    this.full = full;
    this.#home = { entity: ref.entity, project: ref.project, load };
  }

  /** What is fetched so far, in order. */
  get fetched(): readonly Run[] {
    return this.#runs;
  }

  /** Whether `fetched` is everything. */
  get isComplete(): boolean {
    return this.#done;
  }

  /** The runs that came in the same page as this one. */
  pageOf(run: Run): readonly Run[] {
    return this.#pages.get(run) ?? [run];
  }

  /** How many runs match: of the first page when there is one, else one small request; remembered. */
  count(): Promise<number> {
    if (this.#count === undefined) {
      const count = askProject<{ runCount: number | null }>(this.#ref, {
        query: COUNT_RUNS,
        variables: { filters: this.#listing.filters },
        operation: "counting the runs",
      }).then(({ project }) => this.#checkCount(project.runCount));
      this.#count = count;
      count.catch(() => {
        if (this.#count === count) this.#count = undefined;
      });
    }
    return this.#count;
  }

  /** Fetches pages until `index` is there, or everything is. */
  async reach(index: number, signal?: AbortSignal): Promise<void> {
    while (index >= this.#runs.length && !this.#done) await abortable(this.#nextPage(), signal);
  }

  /** Waits for a page that is under way, whether it comes or fails. */
  async settle(): Promise<void> {
    await this.#next?.catch(() => undefined);
  }

  /** Begins to fetch the next page; a failure shows to whoever needs the page. */
  prefetch(): void {
    if (!this.#done) this.#nextPage().catch(() => undefined);
  }

  /** One page at a time: a page that is under way is everybody's. A page that failed is asked for anew. */
  #nextPage(): Promise<void> {
    this.#next ??= this.#fetchPage().finally(() => {
      this.#next = undefined;
    });
    return this.#next;
  }

  async #fetchPage(): Promise<void> {
    const project = await this.#ask(this.#listing.perPage ?? this.#pageSize());
    const edges = edgesOf(this.#ref, project.runs, "listing the runs");
    const wires = edges.map(({ node }) => node);
    const sweeps = this.#listing.includeSweeps
      ? await sweepsOf(this.#ref, wires, this.#sweepsNested)
      : new Map<string, never>();

    const page: Run[] = [];
    for (const wire of wires) {
      const run = makeRun(wire, sweeps.get(wire.sweepName ?? wire.sweep?.name ?? "") ?? null, this.#home);
      // The real server's cursors are offsets: a run that was created meanwhile moves the others on by one.
      if (this.#ids.has(run.id)) continue;
      this.#ids.add(run.id);
      page.push(run);
      this.#pages.set(run, page);
    }
    this.#advance(
      edges.at(-1)?.cursor ?? project.runs?.pageInfo?.endCursor,
      project.runs?.pageInfo?.hasNextPage,
    );
    this.#runs.push(...page);
    if (typeof project.runCount === "number") this.#count ??= Promise.resolve(project.runCount);
  }

  #pageSize(): number {
    if (this.#runs.length === 0) return FIRST_PAGE;
    return this.full ? LARGEST_FULL_PAGE : LARGEST_PAGE;
  }

  async #ask(first: number): Promise<WireListing> {
    const { filters, order, includeSweeps } = this.#listing;
    const ask = () =>
      askProject<WireListing>(this.#ref, {
        query: listRuns({ full: this.full, sweeps: includeSweeps && this.#sweepsNested }),
        variables: { filters, order, first, after: this.#cursor },
        operation: "listing the runs",
      });
    try {
      return (await ask()).project;
    } catch (error) {
      if (!this.#sweepsNested || !includeSweeps || !refusesSweepField(error)) throw error;
      this.#sweepsNested = false;
      return (await ask()).project;
    }
  }

  #advance(cursor: string | null | undefined, hasNextPage: boolean | undefined): void {
    if (!hasNextPage) {
      this.#done = true;
      return;
    }
    if (!cursor || this.#cursors.has(cursor)) {
      const { service, entity, project } = this.#ref;
      throw new ProtocolError(
        `The listing of ${entity}/${project} at ${service.baseUrl} runs in a circle: after ${this.#runs.length} runs ` +
          "the server gives a cursor that it gave before.",
        { operation: "listing the runs", entity, project },
      );
    }
    this.#cursors.add(cursor);
    this.#cursor = cursor;
  }

  #checkCount(count: unknown): number {
    if (typeof count === "number") return count;
    const { service, entity, project } = this.#ref;
    throw new ProtocolError(
      `${service.baseUrl} answered without a count of the runs of ${entity}/${project}.`,
      {
        operation: "counting the runs",
        entity,
        project,
      },
    );
  }
}

/** The words of a GraphQL validation error about `sweep` of a run, from a server that is older or another's. */
function refusesSweepField(error: unknown): boolean {
  const refused = error instanceof ServerError || (error instanceof LazyrunsError && error.status === 400);
  return refused && /\bfield\b.*\bsweep\b/i.test(error.message);
}
