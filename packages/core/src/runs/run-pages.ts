import type { ProjectRef } from "../graphql/project.ts";
import type { WireRun } from "../graphql/wire.ts";
import type { RunsCheckpoint } from "../listing/checkpoint.ts";
import { LARGEST_PAGE, type Listing } from "../listing/listing.ts";
import { type ListingPage, ListingPages } from "../listing/listing-pages.ts";
import { isTooMuch } from "../transport/too-much.ts";
import type { RunsWarning } from "../warning.ts";
import { BatchSize } from "./batch-size.ts";
import type { Run } from "./run.ts";
import type { RunMaker } from "./run-maker.ts";

/** A page of runs. */
export interface RunPage {
  readonly runs: readonly Run[];
  /** How many runs the listing gives in all, as far as the server's count tells. */
  readonly count: number | null;
  /** The place behind the first `taken` runs of the page. Default: behind all. */
  checkpoint(taken?: number): RunsCheckpoint;
}

/** What a listing's pages share with others. */
export interface PagesHelp {
  readonly warn: (warning: RunsWarning) => void;
  /** How many full runs a request asks for. Default: one of its own. */
  readonly size?: BatchSize | undefined;
}

const FIRST_PAGE = 50;

/**
 * A listing's pages as runs with their sweeps. Keeps none of them.
 *
 * Full runs may weigh a thousand times as much as light ones. Where the caller named no page's size, a full page is as
 * large as their weight allows, and smaller ones are asked for when it is too much for the server.
 */
export class RunPages {
  readonly #maker: RunMaker;
  readonly #perPage: number | undefined;
  readonly #pages: ListingPages<WireRun>;
  /** Of full pages. */
  readonly #size: BatchSize;
  /** A page whose sweeps didn't come: it isn't asked for again. */
  #arrived: ListingPage<WireRun> | undefined;
  #isFirst = true;

  constructor(
    ref: ProjectRef,
    listing: Listing,
    maker: RunMaker,
    { warn, size = new BatchSize() }: PagesHelp,
  ) {
    this.#maker = maker;
    this.#size = size;
    this.#perPage = listing.perPage;
    this.#pages = new ListingPages(ref, listing, warn);
  }

  get isDone(): boolean {
    return this.#arrived === undefined && this.#pages.isDone;
  }

  /** The place behind the last page. */
  get checkpoint(): RunsCheckpoint {
    return this.#pages.checkpoint;
  }

  /** How many runs this listing gives in all, when so many match as the server counts. */
  expected(count: number): number {
    return this.#pages.expected(count);
  }

  /** The next page, or undefined behind the last. One call at a time; one that failed may be repeated. */
  async next(full: boolean, signal?: AbortSignal): Promise<RunPage | undefined> {
    this.#arrived ??= await this.#ask(full, signal);
    if (this.#arrived === undefined) return undefined;
    const { nodes, count, checkpoint } = this.#arrived;
    const runs = await this.#maker.make(nodes, signal);
    this.#arrived = undefined;
    this.#isFirst = false;
    return { runs, count, checkpoint };
  }

  async #ask(full: boolean, signal: AbortSignal | undefined): Promise<ListingPage<WireRun> | undefined> {
    for (;;) {
      const first = this.#perPage ?? Math.min(this.#usual(full), this.#pages.left);
      const isDivisible = full && this.#perPage === undefined && first > 1;
      try {
        const request = { first, isDivisible, signal };
        const page = await this.#maker.withFields(full, (fields) => this.#pages.next({ ...request, fields }));
        if (full && page?.weight !== undefined) this.#size.learn(1, page.weight);
        return page;
      } catch (error) {
        if (!isDivisible || !isTooMuch(error)) throw error;
        this.#size.halve(first);
      }
    }
  }

  #usual(full: boolean): number {
    const most = full ? this.#size.runs : LARGEST_PAGE;
    return this.#isFirst ? Math.min(FIRST_PAGE, most) : most;
  }
}
