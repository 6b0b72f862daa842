import { type ErrorDetails, ProtocolError } from "../errors.ts";
import type { WireConnection } from "./wire.ts";

/** A list that a server gives page by page. */
export interface PagedList<N> {
  /** Asks for the page behind a cursor, the first one for null. */
  readonly ask: (after: string | null) => Promise<WireConnection<N> | null | undefined>;
  /** What it lists, as `"files"`. */
  readonly what: string;
  readonly baseUrl: string;
  readonly details: ErrorDetails;
}

/**
 * Goes over a list; a page is asked for when the one before is used up.
 *
 * @throws ProtocolError for an answer without the list, and for a cursor that came before: the list would never end.
 */
export async function* eachNode<N>(list: PagedList<N>): AsyncGenerator<N, void, undefined> {
  const cursors = new Set<string>();
  let after: string | null = null;
  for (;;) {
    const page: WireConnection<N> | null | undefined = await list.ask(after);
    const edges = page?.edges;
    if (edges === undefined || !Array.isArray(edges)) {
      throw new ProtocolError(`${list.baseUrl} answered without ${list.what}.`, list.details);
    }
    yield* nodesOf<N>(edges);
    if (!page?.pageInfo?.hasNextPage) return;
    after = edges.at(-1)?.cursor ?? page.pageInfo.endCursor;
    if (!after || cursors.has(after)) {
      throw new ProtocolError(
        `The list of ${list.what} at ${list.baseUrl} does not end: the server says that more follow, and gives ` +
          `${after ? "a cursor that it gave before" : "no cursor to ask for them"}.`,
        list.details,
      );
    }
    cursors.add(after);
  }
}

/** What the edges lead to; null stands for what was deleted meanwhile, or can't be read. */
export function nodesOf<N>(edges: WireConnection<N>["edges"]): N[] {
  return edges.flatMap((edge) => edge?.node ?? []);
}
