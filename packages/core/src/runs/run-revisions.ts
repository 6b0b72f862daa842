import { LazyrunsError, ServerError } from "../errors.ts";
import type { ProjectRef } from "../graphql/project.ts";
import type { WireRun } from "../graphql/wire.ts";
import { LARGEST_PAGE, type Listing } from "../listing/listing.ts";
import { ListingPages } from "../listing/listing-pages.ts";
import type { RunsWarning } from "../warning.ts";
import { oneAhead } from "./page-stream.ts";
import type { Run } from "./run.ts";
import type { RunMaker } from "./run-maker.ts";

/** A run as it is listed, and what tells whether it has changed besides its own fields. */
export interface RunRevision {
  readonly run: Run;
  /** When anything of it was written last, as the server writes it; null where the server doesn't say. */
  readonly updatedAt: string | null;
  /** How many rows of its machine's metrics there are; null where the server doesn't say. */
  readonly eventsLineCount: number | null;
}

const FIELDS = ["updatedAt", "eventsLineCount"] as const;

/** Pages of a listing's runs with their revisions, the next under way meanwhile. None is kept. */
export function listRevisions(
  ref: ProjectRef,
  listing: Listing,
  maker: RunMaker,
  warn: (warning: RunsWarning) => void,
  signal: AbortSignal | undefined,
): AsyncGenerator<RunRevision[], void, undefined> {
  const pages = new ListingPages<WireRun>(ref, listing, warn);
  const first = listing.perPage ?? LARGEST_PAGE;
  let known: readonly string[] = FIELDS;
  const ask = async (inner: AbortSignal) => {
    for (;;) {
      try {
        return await maker.withFields(false, (fields) =>
          pages.next({ first, fields: [fields, ...known].join(" "), signal: inner }),
        );
      } catch (error) {
        const left = known.filter((field) => !refusesField(error, field));
        if (left.length === known.length) throw error;
        known = left;
      }
    }
  };
  return oneAhead(async (inner) => {
    const page = await ask(inner);
    if (page === undefined) return undefined;
    const runs = await maker.make(page.nodes, inner);
    return page.nodes.map(({ updatedAt = null, eventsLineCount = null }, index) => {
      return { run: runs[index] as Run, updatedAt, eventsLineCount };
    });
  }, signal);
}

/** The words of a GraphQL validation error about a field of a run, from a server that is older or another's. */
function refusesField(error: unknown, field: string): boolean {
  const refused = error instanceof ServerError || (error instanceof LazyrunsError && error.status === 400);
  return refused && new RegExp(`\\bfield\\b.*\\b${field}\\b`, "i").test(error.message);
}
