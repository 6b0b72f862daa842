import type { ProjectRef } from "../graphql/project.ts";
import type { ListedNode } from "../graphql/wire.ts";
import type { RunsWarning } from "../warning.ts";
import { makeCheckpoint, type Place, REMEMBERED_RUNS, type RunsCheckpoint } from "./checkpoint.ts";
import { LARGEST_PAGE, type Listing } from "./listing.ts";
import { orderKey } from "./order-key.ts";
import { type PageRequest, PageWalk, type WalkedRun } from "./page-walk.ts";
import { findPlace } from "./resume-place.ts";

/** A page of a listing. */
export interface ListingPage<N> {
  /** New runs, in order: none that came before, and no more than the limit leaves. Now and then none at all. */
  readonly nodes: readonly N[];
  /** How many runs this listing will give in all, as far as the server's count tells; null when it doesn't. */
  readonly count: number | null;
  /** The whole `project` of the answer, with what `also` asked for. */
  readonly project: unknown;
  /** How many characters the answer had for each run; undefined where that isn't known. */
  readonly weight: number | undefined;
  /** The place behind the first `taken` nodes of this page. Default: behind all. */
  checkpoint(taken?: number): RunsCheckpoint;
}

/** Ids alone are light, so what is passed over comes in the largest pages that the server gives. */
const SKIPPED_FIELDS = "name createdAt";

/**
 * Goes through a listing page by page, from where it starts (`start`, `resume`) to where it ends (`limit`), and
 * keeps no run of it: only ids, so that none comes twice.
 *
 * W&B's server can't pass over runs, and its cursors are opaque, so `start` goes through the ids alone (1000 a
 * request) before the first page.
 */
export class ListingPages<N extends ListedNode> {
  readonly #ref: ProjectRef;
  readonly #listing: Listing;
  readonly #warn: (warning: RunsWarning) => void;
  #walk: PageWalk<N> | undefined;
  #toSkip: number;
  /** How many runs of the whole listing lie in front of the first that is given. */
  #origin: number;
  #given = 0;
  /** The place behind what was given. */
  #place: Place;

  constructor(ref: ProjectRef, listing: Listing, warn: (warning: RunsWarning) => void) {
    this.#ref = ref;
    this.#listing = listing;
    this.#warn = warn;
    const { start, resume } = listing;
    // A checkpoint without a run stands in front of everything but what its own listing passed over.
    this.#toSkip = start + (resume?.runs.length === 0 ? resume.position : 0);
    this.#origin = start + (resume?.position ?? 0);
    const { cursor = null, before = null, runs = [], orderValue = null } = resume ?? {};
    this.#place = { cursor, before, runs, orderValue, position: this.#origin };
  }

  /** Whether every page was given. */
  get isDone(): boolean {
    return this.left <= 0 || (this.#walk?.isDone ?? false);
  }

  /** The most runs that are still to come, as the limit has it. */
  get left(): number {
    return this.#listing.limit - this.#given;
  }

  /** How many runs this listing gives in all, when so many match as the server counts. */
  expected(count: number): number {
    return Math.min(this.#listing.limit, Math.max(0, count - this.#origin));
  }

  /** The place behind all that was given so far. */
  get checkpoint(): RunsCheckpoint {
    return this.#checkpointAt(this.#place);
  }

  /**
   * Asks for the next page, or gives undefined when all were given. `first` is lowered to what the limit leaves,
   * and to what the server bears, unless it is the `perPage` that the user asked for. One call at a time; one that failed may be repeated.
   *
   * What `also` asks for is asked behind the same cursor (`$after`) as the page. Where runs vanish meanwhile, the
   * page begins further in front and its first runs may be left out: look at ids before relying on positions.
   */
  async next(request: PageRequest<N>): Promise<ListingPage<N> | undefined> {
    if (this.left <= 0) return undefined;
    const walk = await this.#atStart(request.signal);
    if (walk.isDone) return undefined;
    const { left } = this;
    const isFixed = request.first === this.#listing.perPage;
    const first = isFixed ? request.first : Math.min(request.first, left);
    const place = { ...this.#place, position: walk.position };
    const { runs, count, project, weight } = await walk.step({ ...request, first, isFixed }, left);
    this.#given += runs.length;
    const marks = this.#marks(runs);
    this.#place = behind(place, marks);
    return {
      nodes: runs.map(({ node }) => node),
      count: count === null ? null : this.expected(count),
      project,
      weight,
      checkpoint: (taken = marks.length) => this.#checkpointAt(behind(place, marks.slice(0, taken))),
    };
  }

  /** The walk, once it stands where the first run to give comes next. */
  async #atStart(signal: AbortSignal | undefined): Promise<PageWalk<N>> {
    if (this.#walk === undefined) {
      const { resume } = this.#listing;
      const place = resume && (await findPlace(this.#ref, this.#listing, resume, this.#warn, signal));
      this.#walk = new PageWalk<N>(this.#ref, this.#listing, this.#warn, place);
    }
    while (this.#toSkip > 0 && !this.#walk.isDone) {
      const first = Math.min(this.#toSkip, LARGEST_PAGE);
      const place = { ...this.#place, position: this.#walk.position };
      const { runs } = await this.#walk.step({ first, fields: SKIPPED_FIELDS, signal }, first);
      this.#toSkip -= runs.length;
      this.#place = behind(place, this.#marks(runs));
    }
    if (this.#given === 0) this.#origin = this.#walk.position;
    return this.#walk;
  }

  #marks(runs: readonly WalkedRun<ListedNode>[]): Mark[] {
    const key = orderKey(this.#listing.order);
    return runs.map(({ node, cursor, before }) => ({
      id: node.name,
      cursor,
      before,
      orderValue: key.valueOf(node),
    }));
  }

  #checkpointAt(place: Place): RunsCheckpoint {
    const { entity, project } = this.#ref;
    return makeCheckpoint({ entity, project, ...this.#listing }, place);
  }
}

/** What a checkpoint needs of a run: its page may be remembered for long, and what came with it not. */
interface Mark {
  readonly id: string;
  readonly cursor: string | null;
  readonly before: string | null;
  readonly orderValue: string | null;
}

function behind(place: Place, runs: readonly Mark[]): Place {
  const last = runs.at(-1);
  if (last === undefined) return place;
  const { cursor, before, orderValue } = last;
  const ids = [...place.runs, ...runs.slice(-REMEMBERED_RUNS).map(({ id }) => id)];
  const position = place.position + runs.length;
  return { cursor, before, orderValue, position, runs: ids.slice(-REMEMBERED_RUNS) };
}
