import { createHash } from "node:crypto";
import type { Run, RunRevision } from "@lazyruns/core";
import { jsonText } from "@lazyruns/json";
import type { ExportStream, ManifestRun } from "./dataset/manifest.ts";
import { fieldsOf } from "./runs-table/run-record.ts";

/** What tells, of a listed run, whether what was had of it is as it is now: texts that stay the same as long as it is. */
export interface RunMarks extends Readonly<Record<ExportStream, string>> {
  /** Of its row in the table of runs. */
  readonly run: string;
}

/** Ends the mark of what a listing can't tell changes of: it is never taken to be as it was. */
const UNSURE = "?";

/** How much older than now a time of whole seconds must be, so that nothing more can be written in its second. */
const SETTLED_MS = 10_000;

/**
 * The marks of a run. Its row follows the server's time of the last write, its rows how many there are; where the server
 * doesn't say how many, the heartbeat and the state.
 *
 * @param now - milliseconds since 1970
 */
export function marksOf({ run, updatedAt, eventsLineCount }: RunRevision, now = Date.now()): RunMarks {
  const hash = createHash("sha256")
    .update(jsonText({ ...fieldsOf(run), updatedAt }))
    .digest("base64url")
    .slice(0, 22);
  const isSure = updatedAt !== null && isSettled(updatedAt, now);
  return {
    run: `${hash}${isSure ? "" : UNSURE}`,
    history: rowsMark(run, run.historyLineCount),
    system: rowsMark(run, eventsLineCount),
  };
}

/** Times of whole seconds stay the same when something more is written in the same second. */
function isSettled(updatedAt: string, now: number): boolean {
  if (/:\d\d\.\d/.test(updatedAt)) return true;
  const zoned = /(Z|[+-]\d\d:?\d\d)$/i.test(updatedAt) ? updatedAt : `${updatedAt}Z`; // W&B's are in UTC
  return Math.abs(now - Date.parse(zoned)) > SETTLED_MS;
}

function rowsMark({ createdAt, heartbeatAt, historyLineCount, state }: Run, count: number | null): string {
  const made = createdAt?.getTime() ?? "";
  if (count !== null) return `${made}/${count}`;
  return [made, "", historyLineCount ?? "", heartbeatAt?.getTime() ?? "", state ?? ""].join("/");
}

/** Whether what has the mark is sure to be as it is now. */
export function isAsItWas(before: string | undefined, now: string): boolean {
  return before === now && !now.endsWith(UNSURE);
}

/** Whether nothing tells that what has the mark has changed. */
export function seemsAsItWas(before: string, now: string): boolean {
  const bare = (mark: string) => (mark.endsWith(UNSURE) ? mark.slice(0, -UNSURE.length) : mark);
  return bare(before) === bare(now);
}

/** How many rows the server said there were when the mark was made; undefined where it didn't. */
export function countOf(mark: string): number | undefined {
  const [, count = ""] = mark.split("/");
  return count === "" ? undefined : Number(count);
}

/**
 * Whether a run isn't the one that a dataset has: it was deleted, and another was made under its id. Then it was made at
 * another time, or has fewer rows.
 */
export function isAnother(before: ManifestRun, now: RunMarks): boolean {
  return (["history", "system"] as const).some((stream) => {
    const mark = before[stream]?.mark;
    if (mark === undefined) return false;
    const fell = (countOf(now[stream]) ?? Number.POSITIVE_INFINITY) < (countOf(mark) ?? 0);
    return mark.split("/")[0] !== now[stream].split("/")[0] || fell;
  });
}
