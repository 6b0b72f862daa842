import { ServerError } from "../errors.ts";
import type { ProjectRef } from "../graphql/project.ts";
import type { ListedNode } from "../graphql/wire.ts";
import type { RunsWarning } from "../warning.ts";
import type { RunsCheckpoint } from "./checkpoint.ts";
import { LARGEST_PAGE, type Listing } from "./listing.ts";
import { type OrderKey, orderKey } from "./order-key.ts";
import { PageWalk, type WalkedRun, type WalkStart } from "./page-walk.ts";

/** Light enough for the largest pages, and enough to tell places in the orders that don't change. */
const FIELDS = "name createdAt";

/**
 * Finds where a listing goes on behind a checkpoint.
 *
 * One small request asks for the checkpoint's last run again. Where another run stands in its place, because runs in
 * front of it were created or deleted, the ids are gone through from the beginning (1000 a request) to where it
 * stands now; was it deleted, to the nearest of those before it; are these gone too, to where they would stand. The
 * walk may ask for this again, when runs vanish just then.
 */
export async function findPlace(
  ref: ProjectRef,
  listing: Listing,
  resume: RunsCheckpoint,
  warn: (warning: RunsWarning) => void,
  signal: AbortSignal | undefined,
): Promise<WalkStart> {
  const order = orderKey(listing.order);
  const last = resume.runs.at(-1);
  if (last === undefined) return { trail: [null], position: 0, ids: [], count: null };
  const search = (inner: AbortSignal | undefined) => searchPlace(ref, listing, resume, order, warn, inner);
  const same = await lookAgain(ref, listing, resume, last, signal);
  const place = same === undefined ? await search(signal) : { ...same, searchAgain: search };
  if (!order.isAppended) warn({ message: gapsOf(listing.order, order) });
  return place;
}

/** What an order other than the oldest first may leave out. */
function gapsOf(order: string, { isFixed }: OrderKey): string {
  const what = isFixed
    ? "runs that were created since the checkpoint was made can stand in front of it, and are not given"
    : "runs change places: those that did since the checkpoint was made can be missing, or come a second time";
  return `The listing is resumed in the order ${order}, in which ${what}. The order created_at has no gaps.`;
}

/** The checkpoint's own place, when its last run still stands there. */
async function lookAgain(
  ref: ProjectRef,
  listing: Listing,
  { before, position, runs: ids }: RunsCheckpoint,
  last: string,
  signal: AbortSignal | undefined,
): Promise<WalkStart | undefined> {
  const walk = new PageWalk<ListedNode>(ref, listing, ignore, {
    trail: [before],
    position: Math.max(0, position - 1),
    ids: [],
    count: null,
  });
  try {
    const { runs } = await walk.step({ first: 1, fields: "name", signal }, 1);
    return runs[0]?.node.name === last ? { ...walk.place, ids } : undefined;
  } catch (error) {
    // A cursor that names a run may be refused once that run is gone.
    const isRefused = error instanceof ServerError && (error.status === undefined || error.status === 400);
    if (isRefused) return undefined;
    throw error;
  }
}

async function searchPlace(
  ref: ProjectRef,
  listing: Listing,
  resume: RunsCheckpoint,
  order: OrderKey,
  warn: (warning: RunsWarning) => void,
  signal: AbortSignal | undefined,
): Promise<WalkStart> {
  const walk = new PageWalk<ListedNode>(ref, listing, ignore);
  const walked: WalkedRun<ListedNode>[] = [];
  let found = -1;
  let rank = -1;
  while (!walk.isDone && rank < resume.runs.length - 1) {
    const { runs } = await walk.step({ first: LARGEST_PAGE, fields: FIELDS, signal });
    for (const run of runs) {
      walked.push(run);
      const itsRank = resume.runs.indexOf(run.node.name);
      if (itsRank > rank) [rank, found] = [itsRank, walked.length - 1];
    }
  }
  const where = `${ref.entity}/${ref.project}`;
  if (found === -1) {
    found = walked.filter((run, index) => liesInFront(run.node, index, resume, order)).length - 1;
    warn({
      message:
        `The last runs in front of the checkpoint in ${where} are gone (${resume.runs.length} were remembered). The ` +
        "listing goes on where they would stand; runs near that place may be missing, or come a second time.",
    });
  }
  return placeBehind(walked, found, resume.runs, walk.place.count);
}

/** For when no remembered run is left: by what runs are ordered by, or by how many there were. */
function liesInFront(node: ListedNode, index: number, resume: RunsCheckpoint, order: OrderKey): boolean {
  const [value, last] = [order.valueOf(node), resume.orderValue];
  if (!order.isFixed || last === null) return index < resume.position;
  if (value === null) return false;
  // Equal ones count as given: a run that is missing is reported, one that comes twice would be counted twice.
  return order.isDescending ? value >= last : value <= last;
}

/** Everything in front is known by its id, so that nothing of it comes again whatever the cursors do. */
function placeBehind(
  walked: readonly WalkedRun<ListedNode>[],
  index: number,
  remembered: readonly string[],
  count: number | null,
): WalkStart {
  const run = walked[index];
  const inFront = walked.slice(0, index + 1).map(({ node }) => node.name);
  const cursors = run === undefined ? [null] : [run.before, ...(run.cursor === null ? [] : [run.cursor])];
  return { trail: cursors, position: inFront.length, ids: [...inFront, ...remembered], count };
}

function ignore(): void {
  // A search reports nothing of its own: what it meets, the listing will meet again.
}
