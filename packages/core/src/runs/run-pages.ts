import { LazyrunsError, ServerError } from "../errors.ts";
import { runFields } from "../graphql/documents.ts";
import type { ProjectRef } from "../graphql/project.ts";
import type { WireRun } from "../graphql/wire.ts";
import type { RunsCheckpoint } from "./checkpoint.ts";
import type { Listing } from "./listing.ts";
import { type ListingPage, ListingPages } from "./listing-pages.ts";
import type { RunsWarning } from "./options.ts";
import { makeRun, type Run, type RunHome } from "./run.ts";
import { sweepsOf } from "./sweep.ts";

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
  readonly #ref: ProjectRef;
  readonly #listing: Listing;
  readonly #home: RunHome;
  readonly #pages: ListingPages<WireRun>;
  /** A page whose sweeps didn't come: it isn't asked for again. */
  #arrived: ListingPage<WireRun> | undefined;
  #isFirst = true;
  #sweepsNested = true;

  constructor(ref: ProjectRef, listing: Listing, home: RunHome, warn: (warning: RunsWarning) => void) {
    this.#ref = ref;
    this.#listing = listing;
    this.#home = home;
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
    const sweeps = this.#listing.includeSweeps
      ? await sweepsOf(this.#ref, nodes, this.#sweepsNested, signal)
      : new Map<string, never>();
    const runs = nodes.map((node) =>
      makeRun(node, sweeps.get(node.sweepName ?? node.sweep?.name ?? "") ?? null, this.#home),
    );
    this.#arrived = undefined;
    this.#isFirst = false;
    return { runs, count, checkpoint };
  }

  async #ask(full: boolean, signal: AbortSignal | undefined): Promise<ListingPage<WireRun> | undefined> {
    const { perPage, includeSweeps } = this.#listing;
    const usual = this.#isFirst ? FIRST_PAGE : full ? LARGEST_FULL_PAGE : LARGEST_PAGE;
    const ask = () => {
      const fields = runFields({ full, sweeps: includeSweeps && this.#sweepsNested });
      return this.#pages.next({ first: perPage ?? usual, fields, signal });
    };
    try {
      return await ask();
    } catch (error) {
      if (!this.#sweepsNested || !includeSweeps || !refusesSweepField(error)) throw error;
      this.#sweepsNested = false;
      return ask();
    }
  }
}

/** The words of a GraphQL validation error about `sweep` of a run, from a server that is older or another's. */
function refusesSweepField(error: unknown): boolean {
  const refused = error instanceof ServerError || (error instanceof LazyrunsError && error.status === 400);
  return refused && /\bfield\b.*\bsweep\b/i.test(error.message);
}
