import { onAbort } from "../async/abort.ts";
import { Shared } from "../async/shared.ts";
import { ProtocolError } from "../errors.ts";
import { blameFilter } from "../graphql/blame-filter.ts";
import { COUNT_RUNS } from "../graphql/documents.ts";
import { askProject, type ProjectRef } from "../graphql/project.ts";
import type { ListedNode } from "../graphql/wire.ts";
import type { RunsCheckpoint } from "../listing/checkpoint.ts";
import type { Listing } from "../listing/listing.ts";
import { ListingPages } from "../listing/listing-pages.ts";
import type { RunsWarning } from "../warning.ts";
import type { Run, RunHome } from "./run.ts";
import { RunMaker } from "./run-maker.ts";
import { type PagesHelp, type RunPage, RunPages } from "./run-pages.ts";

/** The runs of a listing as far as they are fetched: pages come once, in order, and are kept. */
export class RunList {
  readonly #ref: ProjectRef;
  readonly #listing: Listing;
  readonly #warn: (warning: RunsWarning) => void;
  readonly #pages: RunPages;
  /** Makes the runs of this list. */
  readonly maker: RunMaker;
  readonly #beginning: RunsCheckpoint;
  readonly #runs: Run[] = [];
  readonly #byId = new Map<string, Run>();
  readonly #fetchedPages: RunPage[] = [];
  readonly #pageOf = new WeakMap<Run, RunPage>();
  #count: number | undefined;
  #counting: Shared<number> | undefined;
  #next: Shared<void> | undefined;
  #done = false;
  #loops = 0;
  #ahead = new AbortController();
  /** Whether the pages to come carry the heavy fields. */
  full: boolean;

  constructor(
    ref: ProjectRef,
    listing: Listing,
    home: RunHome,
    { full, ...help }: PagesHelp & { readonly full: boolean },
  ) {
    this.#ref = ref;
    this.#listing = listing;
    this.full = full;
    this.#warn = help.warn;
    this.maker = new RunMaker(ref, home, listing.includeSweeps);
    this.#pages = new RunPages(ref, listing, this.maker, help);
    this.#beginning = this.#pages.checkpoint;
  }

  /** What is fetched so far, in order. */
  get fetched(): readonly Run[] {
    return this.#runs;
  }

  /** Whether `fetched` is everything. */
  get isComplete(): boolean {
    return this.#done;
  }

  /** How many runs the list gives, where it was counted. */
  get knownCount(): number | undefined {
    return this.#count;
  }

  /** A run of this list by its id, if it was fetched. */
  known(id: string): Run | undefined {
    return this.#byId.get(id);
  }

  /** A walk of its own over the ids of this listing. */
  idPages(): ListingPages<ListedNode> {
    return new ListingPages(this.#ref, this.#listing, this.#warn);
  }

  /** The runs that came in the same page as this one. */
  pageOf(run: Run): readonly Run[] {
    return this.#pageOf.get(run)?.runs ?? [run];
  }

  /** The place behind a run of this list; undefined when it holds no such run. */
  checkpointBehind(run: Run): RunsCheckpoint | undefined {
    const page = this.#pageOf.get(run);
    return page?.checkpoint(page.runs.indexOf(run) + 1);
  }

  /** The place in front of the first run. */
  get beginning(): RunsCheckpoint {
    return this.#beginning;
  }

  /** How many runs the list gives: by the first page when there is one, else one small request; remembered. */
  count(signal?: AbortSignal): Promise<number> {
    if (signal?.aborted) return Promise.reject(signal.reason);
    if (this.#count !== undefined) return Promise.resolve(this.#count);
    if (this.#counting === undefined || this.#counting.isAbandoned) {
      const counting = new Shared(async (inner) => {
        const count = this.#pages.expected(await this.#askCount(this.#listing.filters, inner));
        this.#count ??= count;
        return this.#count;
      });
      this.#counting = counting;
      counting.settled().then(() => {
        if (this.#counting === counting) this.#counting = undefined;
      });
    }
    return this.#counting.wait(signal);
  }

  /** Fetches pages until `index` is there, or everything is. */
  async reach(index: number, signal?: AbortSignal): Promise<void> {
    while (index >= this.#runs.length && !this.#done) {
      signal?.throwIfAborted(); // nothing is begun for who has gone
      await this.#nextPage(signal);
    }
  }

  /** The page at an index, fetched when it isn't there; undefined behind the last. */
  async page(index: number, signal?: AbortSignal): Promise<RunPage | undefined> {
    signal?.throwIfAborted();
    while (index >= this.#fetchedPages.length && !this.#done) {
      await this.#nextPage(signal);
      signal?.throwIfAborted();
    }
    return this.#fetchedPages[index];
  }

  /**
   * A loop over the list begins; the function returned says that it is left, as the signal does. Pages that are fetched
   * ahead are the loops': when the last is left, what nobody waits for is ended.
   */
  enter(signal?: AbortSignal): () => void {
    this.#loops++;
    let isLeft = false;
    let forget: () => void = () => undefined;
    const leave = () => {
      forget();
      if (isLeft) return;
      isLeft = true;
      if (--this.#loops > 0) return;
      this.#ahead.abort();
      this.#ahead = new AbortController();
    };
    if (signal !== undefined) forget = onAbort(signal, leave);
    return leave;
  }

  /** What is fetched ahead is fetched until this aborts. */
  get ahead(): AbortSignal {
    return this.#ahead.signal;
  }

  /** Waits for a page that is under way, whether it comes or fails. */
  async settle(): Promise<void> {
    await this.#next?.settled();
  }

  /**
   * Begins to fetch the next page for the loops, and gives its runs once they are there; a failure shows to whoever
   * needs the page.
   */
  prefetch(): Promise<readonly Run[]> {
    if (this.#done) return Promise.resolve([]);
    const before = this.#runs.length;
    return this.#nextPage(this.ahead).then(
      () => this.#runs.slice(before),
      () => [],
    );
  }

  /**
   * One page at a time: a page that is under way is everybody's, and is ended when all who wait for it have gone. A
   * page that failed is asked for anew.
   */
  #nextPage(signal?: AbortSignal): Promise<void> {
    if (this.#next === undefined || this.#next.isAbandoned) {
      const before = this.#next;
      const next = new Shared(async (inner) => {
        await before?.settled();
        await this.#fetchPage(inner);
      });
      this.#next = next;
      next.settled().then(() => {
        if (this.#next === next) this.#next = undefined;
      });
    }
    return this.#next.wait(signal);
  }

  async #fetchPage(signal: AbortSignal): Promise<void> {
    const page = await this.#pages.next(this.full, signal);
    this.#done = page === undefined || this.#pages.isDone;
    if (page === undefined) return;
    this.#fetchedPages.push(page);
    for (const run of page.runs) {
      this.#pageOf.set(run, page);
      this.#runs.push(run);
      this.#byId.set(run.id, run);
    }
    if (page.count !== null) this.#count ??= page.count;
  }

  async #askCount(filters: string, signal: AbortSignal): Promise<number> {
    const { service, entity, project } = this.#ref;
    const operation = "counting the runs";
    const details = { operation, entity, project };
    const request = { query: COUNT_RUNS, variables: { filters }, operation, signal };
    const withoutFilter = { ...request, variables: { filters: "{}" }, maxRetries: 0 };
    const onFailure = blameFilter(filters, details, () => askProject(this.#ref, withoutFilter));
    const answer = await askProject<{ runCount: number | null }>(this.#ref, { ...request, onFailure });
    const count = answer.project.runCount;
    if (typeof count === "number") return count;
    const message = `${service.baseUrl} answered without a count of the runs of ${entity}/${project}.`;
    throw new ProtocolError(message, details);
  }
}
