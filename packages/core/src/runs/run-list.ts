import { abortable } from "../async/abort.ts";
import { ProtocolError } from "../errors.ts";
import { blameFilter } from "../graphql/blame-filter.ts";
import { COUNT_RUNS } from "../graphql/documents.ts";
import { askProject, type ProjectRef } from "../graphql/project.ts";
import type { ListedNode } from "../graphql/wire.ts";
import type { RunsCheckpoint } from "./checkpoint.ts";
import type { Listing } from "./listing.ts";
import { ListingPages } from "./listing-pages.ts";
import type { RunsWarning } from "./options.ts";
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
  #count: Promise<number> | undefined;
  #next: Promise<void> | undefined;
  #done = false;
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
  count(): Promise<number> {
    if (this.#count === undefined) {
      const count = this.#askCount(this.#listing.filters).then((count) => this.#pages.expected(count));
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

  /** The page at an index, fetched when it isn't there; undefined behind the last. */
  async page(index: number, signal?: AbortSignal): Promise<RunPage | undefined> {
    while (index >= this.#fetchedPages.length && !this.#done) await abortable(this.#nextPage(), signal);
    signal?.throwIfAborted();
    return this.#fetchedPages[index];
  }

  /** Waits for a page that is under way, whether it comes or fails. */
  async settle(): Promise<void> {
    await this.#next?.catch(() => undefined);
  }

  /** Begins to fetch the next page, and gives its runs once they are there; a failure shows to whoever needs the page. */
  prefetch(): Promise<readonly Run[]> {
    if (this.#done) return Promise.resolve([]);
    const before = this.#runs.length;
    return this.#nextPage().then(
      () => this.#runs.slice(before),
      () => [],
    );
  }

  /** One page at a time: a page that is under way is everybody's. A page that failed is asked for anew. */
  #nextPage(): Promise<void> {
    this.#next ??= this.#fetchPage().finally(() => {
      this.#next = undefined;
    });
    return this.#next;
  }

  async #fetchPage(): Promise<void> {
    const page = await this.#pages.next(this.full);
    this.#done = page === undefined || this.#pages.isDone;
    if (page === undefined) return;
    this.#fetchedPages.push(page);
    for (const run of page.runs) {
      this.#pageOf.set(run, page);
      this.#runs.push(run);
      this.#byId.set(run.id, run);
    }
    if (page.count !== null) this.#count ??= Promise.resolve(page.count);
  }

  async #askCount(filters: string): Promise<number> {
    const { service, entity, project } = this.#ref;
    const operation = "counting the runs";
    const details = { operation, entity, project };
    const request = { query: COUNT_RUNS, variables: { filters }, operation };
    const withoutFilter = { ...request, variables: { filters: "{}" }, maxRetries: 0 };
    const onFailure = blameFilter(filters, details, () => askProject(this.#ref, withoutFilter));
    const answer = await askProject<{ runCount: number | null }>(this.#ref, { ...request, onFailure });
    const count = answer.project.runCount;
    if (typeof count === "number") return count;
    const message = `${service.baseUrl} answered without a count of the runs of ${entity}/${project}.`;
    throw new ProtocolError(message, details);
  }
}
