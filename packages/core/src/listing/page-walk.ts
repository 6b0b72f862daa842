import { type LazyrunsError, ProtocolError } from "../errors.ts";
import { orAskLess } from "../graphql/ask-less.ts";
import { blameFilter } from "../graphql/blame-filter.ts";
import { type Also, listRuns } from "../graphql/documents.ts";
import { askProject, edgesOf, type ProjectRef } from "../graphql/project.ts";
import type { ListedNode, WireListing } from "../graphql/wire.ts";
import type { CallOptions } from "../transport/call.ts";
import { isTooMuch } from "../transport/too-much.ts";
import type { RunsWarning } from "../warning.ts";
import type { Listing } from "./listing.ts";
import { pageSizeOf } from "./page-size.ts";

/** One request for a page. */
export interface PageRequest<N extends ListedNode> {
  /** The most runs to ask for. Where they are too many for the server, fewer are asked for instead. */
  readonly first: number;
  /** Whether `first` is the user's own `perPage`, which isn't lowered. */
  readonly isFixed?: boolean | undefined;
  /** The selection of a run; it must hold `name`. */
  readonly fields: string;
  /** Further fields of `project` in the same request. They may use `$filters`, `$order` and `$after`. */
  readonly also?: Also | undefined;
  /** Sends the request instead of the usual way, as it is, and gives the `project` of the answer. */
  readonly ask?: AskPage<N> | undefined;
  /** Whether the caller asks for fewer runs when these are too many: then it isn't tried again as it is. */
  readonly isDivisible?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Sends a document with all its variables (`entity` and `project` too), telling of failures, and gives the `project` of
 * the answer.
 */
export type AskPage<N extends ListedNode> = (
  query: string,
  variables: Readonly<Record<string, unknown>>,
  onFailure: CallOptions["onFailure"],
) => Promise<WireListing<N>>;

/** A run as it came, with the cursors behind and in front of it. */
export interface WalkedRun<N> {
  readonly node: N;
  readonly cursor: string | null;
  readonly before: string | null;
}

/** What a request brought. */
export interface WalkedPage<N> {
  /** Without the runs that came before. */
  readonly runs: readonly WalkedRun<N>[];
  /** How many match, as this answer says. */
  readonly count: number | null;
  readonly project: WireListing<N>;
  /** How many characters the answer had for each run; undefined without runs, and when `ask` sent the request. */
  readonly weight: number | undefined;
}

/** An answer, and how many characters it had where that is known. */
interface Asked<N extends ListedNode> {
  readonly project: WireListing<N>;
  readonly size?: number;
}

/** A place to walk on from. */
export interface WalkStart {
  /** The last cursors, the one to go on from last; null stands for the beginning. */
  readonly trail: readonly (string | null)[];
  readonly position: number;
  /** Runs that aren't to come again: of those in front, all or the last. */
  readonly ids: readonly string[];
  /** How many matched when the place was found. */
  readonly count: number | null;
  /** Finds the place once more: for when too many runs vanish to go back by the trail, and not all ids are known. */
  readonly searchAgain?: ((signal: AbortSignal | undefined) => Promise<WalkStart>) | undefined;
}

const BEGINNING: WalkStart = { trail: [null], position: 0, ids: [], count: null };

const OPERATION = "listing the runs";

/** Cursors kept to go back by: as many as one page may hold. */
const LONGEST_TRAIL = 1001;
/** A server that gives so many pages in a row without one new run will give no more. */
const MOST_BARREN_PAGES = 1000;
/** A count that falls so many times without one new run in between isn't that of runs that are deleted. */
const MOST_RETURNS = 20;

/**
 * Goes through a listing from cursor to cursor and checks that it holds together.
 *
 * The real server's cursors are offsets (wandb/wandb issues 7666 and 6614). A run that is created in front moves the
 * others on, so that some come twice: they are left out, by their ids. A run that is deleted in front moves them
 * back, so that some would never come: every page carries the count of what matches, and where it fell, the page is
 * asked for again from as many runs further in front. What this can't see is one run deleted and another created
 * between two pages, which leave the count as it was.
 */
export class PageWalk<N extends ListedNode> {
  readonly #ref: ProjectRef;
  readonly #listing: Pick<Listing, "filters" | "order">;
  readonly #warn: (warning: RunsWarning) => void;
  readonly #ids: Set<string>;
  readonly #cursors = new Set<string>();
  /** Whether the ids of all runs in front are known: then going back as far as the beginning repeats none. */
  #knowsAll: boolean;
  readonly #searchAgain: WalkStart["searchAgain"];
  #trail: (string | null)[];
  #position: number;
  #count: number | null;
  #fell = 0;
  #barren = 0;
  #returns = 0;
  #done = false;

  constructor(
    ref: ProjectRef,
    listing: Pick<Listing, "filters" | "order">,
    warn: (warning: RunsWarning) => void,
    start = BEGINNING,
  ) {
    this.#ref = ref;
    this.#listing = listing;
    this.#warn = warn;
    this.#trail = [...start.trail];
    this.#position = start.position;
    this.#ids = new Set(start.ids);
    this.#knowsAll = start.ids.length >= start.position;
    this.#searchAgain = start.searchAgain;
    this.#count = start.count;
  }

  get isDone(): boolean {
    return this.#done;
  }

  /** How many runs of the listing lie in front. */
  get position(): number {
    return this.#position;
  }

  /** Where a new walk would go on as this one, but for the ids. */
  get place(): Omit<WalkStart, "ids" | "searchAgain"> {
    return { trail: this.#trail.slice(-2), position: this.#position, count: this.#count };
  }

  /**
   * Asks for the next page, and takes at most so many new runs of it; the next page begins behind them. One call at
   * a time. A call that failed leaves everything as it was.
   *
   * @throws ProtocolError when the server's cursors don't lead on, its count doesn't stop falling, or a run has no id
   */
  async step(request: PageRequest<N>, most = Number.POSITIVE_INFINITY): Promise<WalkedPage<N>> {
    const { project, size, count } = await this.#askSteadily(request);
    const trail = [...this.#trail];
    const runs: WalkedRun<N>[] = [];
    const ids = new Set<string>();
    let nothing = 0;
    let cut = false;
    const edges = edgesOf(this.#ref, project.runs, OPERATION);
    for (const edge of edges) {
      cut = runs.length >= most;
      if (cut) break;
      const before = trail.at(-1) ?? null;
      const cursor = edge?.cursor || null;
      if (cursor !== null) trail.push(cursor);
      const node = edge?.node;
      if (node === null || node === undefined) nothing++;
      else if (typeof node.name !== "string") throw this.#broken("gives a run without an id");
      else if (!this.#ids.has(node.name) && !ids.has(node.name)) {
        ids.add(node.name);
        runs.push({ node, cursor, before });
      }
    }
    const position = this.#position + runs.length + nothing;
    const done = !cut && this.#isLast(project, trail, position, count);
    if (!done && !cut) this.#lead(trail, project.runs?.pageInfo?.endCursor, runs.length);

    this.#trail = trail.slice(-LONGEST_TRAIL);
    this.#position = position;
    this.#count = count ?? this.#count;
    this.#done = done;
    if (runs.length > 0) this.#returns = 0;
    for (const id of ids) this.#ids.add(id);
    if (nothing > 0) this.#warn({ message: `${numbered(nothing)} ${this.#of} came empty: left out.` });
    if (done) this.#checkEnd();
    return { runs, count, project, weight: size && edges.length > 0 ? size / edges.length : undefined };
  }

  /** Asks until no runs vanished in front of the page meanwhile. */
  async #askSteadily(request: PageRequest<N>): Promise<Asked<N> & { readonly count: number | null }> {
    for (;;) {
      const asked = await this.#askBearably(request);
      const { runCount } = asked.project;
      const count = typeof runCount === "number" ? runCount : null;
      if (!(await this.#goBack(count, request.signal))) return { ...asked, count };
      if (++this.#returns < MOST_RETURNS) continue;
      this.#returns = 0; // who asks again gets as many tries
      throw this.#broken(
        `doesn't hold still: the server's count of runs fell ${MOST_RETURNS} times without a new run in between, ` +
          `to ${count} (are runs being deleted? then list them afterwards)`,
      );
    }
  }

  /** Asks for fewer runs where these are too many for the server, unless how many they are is somebody else's. */
  async #askBearably(request: PageRequest<N>): Promise<Asked<N>> {
    if (request.isDivisible || request.ask !== undefined) return this.#ask(request);
    if (request.isFixed) {
      return this.#ask(request).catch((error: unknown) => {
        throw isTooMuch(error) ? namingPerPage(error, request.first) : error;
      });
    }
    const size = pageSizeOf(this.#ref.service, request.fields);
    for (;;) {
      const first = Math.min(request.first, size.most);
      try {
        const asked = await this.#ask({ ...request, first, isDivisible: first > 1 });
        size.succeeded();
        return asked;
      } catch (error) {
        if (!isTooMuch(error)) throw error;
        if (first > 1) size.halve(first);
        else {
          if (request.first > 1) size.forget();
          throw error;
        }
      }
    }
  }

  async #ask({ first, fields, also, ask, isDivisible = false, signal }: PageRequest<N>): Promise<Asked<N>> {
    const query = listRuns(fields, also);
    const after = this.#trail.at(-1) ?? null;
    const { filters, order } = this.#listing;
    const variables = { filters, order, first, after, ...also?.variables };
    const { entity, project } = this.#ref;
    const onFailure = orAskLess(isDivisible, this.#blame(signal));
    if (ask !== undefined) return { project: await ask(query, { entity, project, ...variables }, onFailure) };
    const request = { query, variables, operation: OPERATION, signal, onFailure };
    return askProject<WireListing<N>>(this.#ref, request);
  }

  /** When the server fails, sees whether it is for the filter. */
  #blame(signal: AbortSignal | undefined): CallOptions["onFailure"] {
    const { filters, order } = this.#listing;
    const { entity, project } = this.#ref;
    const variables = { filters: "{}", order, first: 1, after: null };
    return blameFilter(filters, { operation: OPERATION, entity, project }, () =>
      askProject(this.#ref, {
        query: listRuns("name"),
        variables,
        operation: OPERATION,
        signal,
        maxRetries: 0,
      }),
    );
  }

  /**
   * Goes back by as many runs as fewer match than before: so many may have moved to the front of the cursor. Where the
   * trail is too short for it, to the beginning, or to the place of the resumption as it is found now: what was given
   * since is known by its ids.
   */
  async #goBack(count: number | null, signal: AbortSignal | undefined): Promise<boolean> {
    const fell = this.#count === null || count === null ? 0 : this.#count - count;
    if (fell <= 0) return false;
    const isNear = fell < this.#trail.length;
    if (isNear || this.#knowsAll) {
      this.#count = count;
      this.#fell += fell;
      this.#trail = isNear ? this.#trail.slice(0, -fell) : [null];
    } else {
      const found = await this.#searchAgain?.(signal);
      const now = found?.count ?? count;
      this.#fell += Math.max(fell, (this.#count ?? 0) - (now ?? 0));
      this.#count = now;
      this.#trail = found === undefined ? this.#trail.slice(0, 1) : [...found.trail];
      this.#knowsAll = found !== undefined;
      for (const id of found?.ids ?? []) this.#ids.add(id);
    }
    this.#warn({
      message:
        `${numbered(fell)} ${this.#of} no longer matched while the listing went on (deleted, or changed); ${count} do. ` +
        (isNear || this.#knowsAll
          ? "The page is asked for again from further in front, so that no other run is lost by it."
          : "Others in front of the place where it was resumed may be missing."),
    });
    this.#cursors.clear(); // offsets come again now
    return true;
  }

  /** A server that doesn't say whether more follows is believed to have more until the count, or an empty page. */
  #isLast(
    { runs }: WireListing<N>,
    trail: readonly unknown[],
    position: number,
    count: number | null,
  ): boolean {
    const hasNextPage = runs?.pageInfo?.hasNextPage;
    if (typeof hasNextPage === "boolean") return !hasNextPage;
    return trail.length === this.#trail.length || (count !== null && position >= count);
  }

  /** Sees that the cursor at the trail's end leads on, or the page's own where the runs have none. */
  #lead(trail: (string | null)[], endCursor: string | null | undefined, fresh: number): void {
    if (trail.length === this.#trail.length && endCursor) trail.push(endCursor);
    const cursor = trail.at(-1);
    const moved = trail.length > this.#trail.length;
    if (!moved || !cursor) throw this.#broken("says that more follow, and gives no cursor to them");
    if (this.#cursors.has(cursor))
      throw this.#broken("runs in a circle: it gives a cursor that it gave before");
    this.#barren = fresh > 0 ? 0 : this.#barren + 1;
    if (this.#barren >= MOST_BARREN_PAGES) {
      throw this.#broken(`doesn't end: ${MOST_BARREN_PAGES} pages in a row hold no new run`);
    }
    this.#cursors.add(cursor);
  }

  #checkEnd(): void {
    const count = this.#count;
    if (count === null || (this.#position >= count && this.#position <= count + this.#fell)) return;
    const missing = count - this.#position;
    const what =
      missing > 0
        ? `${missing} missing: runs that were created, or changed, while the listing went on can be left out`
        : `${-missing} too many: runs were deleted, or changed, while the listing went on`;
    this.#warn({
      message: `The listing ${this.#of} ended after ${numbered(this.#position)}, and the server counts ${count} (${what}).`,
    });
  }

  get #of(): string {
    return `of ${this.#ref.entity}/${this.#ref.project}`;
  }

  #broken(how: string): ProtocolError {
    const { service, entity, project } = this.#ref;
    return new ProtocolError(
      `The listing ${this.#of} at ${service.baseUrl} ${how}. That was after ${numbered(this.#position)}.`,
      { operation: OPERATION, entity, project },
    );
  }
}

function numbered(count: number): string {
  return `${count} ${count === 1 ? "run" : "runs"}`;
}

/** The same error, saying what can be asked for instead. */
function namingPerPage(error: LazyrunsError, perPage: number): LazyrunsError {
  const Kind = error.constructor as new (message: string, details: object) => LazyrunsError;
  const advice =
    perPage > 1 ? `perPage is ${perPage}: a smaller one, or none, may help.` : "perPage is 1 already.";
  return new Kind(`${error.message} ${advice}`, { ...error, cause: error });
}
