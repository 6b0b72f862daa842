import { QueryError } from "../query/index.ts";

/** A page of a list, as GraphQL clients page. */
export interface Connection<T> {
  readonly edges: { readonly cursor: string; readonly node: T }[];
  readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean };
  readonly totalCount: number;
}

/** The most of anything in one page, as on W&B. */
const LARGEST_PAGE = 1000;
const PREFIX = "arrayconnection:";

/** The page of `items` behind a cursor. Cursors are offsets, as the real server's are. */
export function connection<S, T>(
  items: readonly S[],
  { first, after }: { first?: number | null; after?: string | null },
  toNode: (item: S) => T,
): Connection<T> {
  const start = after ? offsetOf(after) + 1 : 0;
  const size = Math.min(LARGEST_PAGE, Math.max(0, first ?? 50));
  const edges = items.slice(start, start + size).map((item, index) => ({
    cursor: Buffer.from(PREFIX + (start + index)).toString("base64"),
    node: toNode(item),
  }));
  return {
    edges,
    pageInfo: {
      endCursor: edges.at(-1)?.cursor ?? null,
      hasNextPage: start + edges.length < items.length && size > 0,
    },
    totalCount: items.length,
  };
}

function offsetOf(cursor: string): number {
  const text = Buffer.from(cursor, "base64").toString();
  const offset = Number(text.slice(PREFIX.length));
  if (!text.startsWith(PREFIX) || !Number.isInteger(offset) || offset < 0) {
    throw new QueryError(`${JSON.stringify(cursor)} is not a cursor of this server`);
  }
  return offset;
}
