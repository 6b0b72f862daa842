import { QueryError } from "../query/index.ts";
import type { Lines } from "../store/lines.ts";

/** The lines a page holds when it doesn't say, and at most. */
const USUAL = 100;
const MOST = 10_000;

/** The console lines of a run: the first ones behind a cursor, or the last ones. */
export function logLines(
  lines: Lines,
  runId: number,
  page: { first?: number; last?: number; after?: string },
) {
  const count = lines.count(runId, "output");
  const size = Math.min(MOST, Math.max(0, page.last ?? page.first ?? USUAL));
  const after = typeof page.last === "number" ? count - size - 1 : page.after ? numberOf(page.after) : -1;
  const rows = lines.page(runId, "output", after, size);
  const edges = rows.map(({ number, text }) => ({
    cursor: String(number),
    node: { id: String(number), number, ...readLine(text) },
  }));
  const last = rows.at(-1)?.number ?? after;
  return { edges, pageInfo: { endCursor: edges.at(-1)?.cursor ?? null, hasNextPage: last < count - 1 } };
}

/** A line as the client sends it: `[ERROR ]timestamp text`, or an object with these as fields. */
function readLine(text: string): {
  line: string;
  timestamp: string | null;
  level: string | null;
  label: string | null;
} {
  if (text.startsWith("{")) {
    try {
      const { content, ts, level, label } = JSON.parse(text) as Record<string, string | undefined>;
      if (content !== undefined)
        return { line: content, timestamp: ts ?? null, level: level ?? null, label: label ?? null };
    } catch {
      // a line that merely begins with a brace
    }
  }
  const match = /^(ERROR )?(\d{4}-\d\d-\d\dT[\d:.]+Z?) ([\s\S]*)$/.exec(text);
  if (match === null) return { line: text, timestamp: null, level: null, label: null };
  const [, error, time, line] = match;
  return {
    line: line ?? "",
    timestamp: time?.endsWith("Z") ? time : `${time}Z`,
    level: error ? "error" : null,
    label: null,
  };
}

function numberOf(cursor: string): number {
  if (/^\d+$/.test(cursor)) return Number(cursor);
  throw new QueryError(`${JSON.stringify(cursor)} is not a cursor of this server`);
}
