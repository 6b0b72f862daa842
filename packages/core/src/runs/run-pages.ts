import type { ProjectRef } from "../graphql/project.ts";
import type { WireRun } from "../graphql/wire.ts";
import type { RunsCheckpoint } from "./checkpoint.ts";
import type { Listing } from "./listing.ts";
import { type ListingPage, ListingPages } from "./listing-pages.ts";
import type { RunsWarning } from "./options.ts";
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

const FIRST_PAGE = 50;
/** The most that W&B's server gives in one page; full runs weigh a thousand times as much as light ones. */
const LARGEST_PAGE = 1000;
const LARGEST_FULL_PAGE = 100;

/** A listing's pages as runs with their sweeps. Keeps none of them. */
export class RunPages {
  readonly #maker: RunMaker;
  readonly #perPage: number | undefined;
  readonly #pages: ListingPages<WireRun>;
  /** A page whose sweeps didn't come: it isn't asked for again. */
  #arrived: ListingPage<WireRun> | undefined;
  #isFirst = true;

  constructor(ref: ProjectRef, listing: Listing, maker: RunMaker, warn: (warning: RunsWarning) => void) {
    this.#maker = maker;
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

  #ask(full: boolean, signal: AbortSignal | undefined): Promise<ListingPage<WireRun> | undefined> {
    const usual = this.#isFirst ? FIRST_PAGE : full ? LARGEST_FULL_PAGE : LARGEST_PAGE;
    const first = this.#perPage ?? usual;
    return this.#maker.withFields(full, (fields) => this.#pages.next({ first, fields, signal }));
  }
}
