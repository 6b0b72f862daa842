import { members } from "@lazyruns/json";
import { HttpError } from "../errors.ts";
import { isObject } from "../is-object.ts";
import { now } from "../store/clock.ts";
import type { Stream } from "../store/lines.ts";
import type { RunChange } from "../store/runs.ts";
import type { Store } from "../store/store.ts";

/** The lines of one file, from one number on. */
interface Chunk {
  readonly offset: number;
  readonly content: readonly string[];
}

/** GraphQL's `Int`, in which the numbers of lines are told, goes no further. */
const MOST_LINES = 2 ** 31 - 1;

/**
 * How far behind the last line a post may begin. Clients go on where they stopped, so a gap is a mistake; a small one
 * is let pass, because a client that is refused stops sending for good.
 */
const WIDEST_GAP = 1_000_000;

const STREAMS: Readonly<Record<string, Stream>> = {
  "wandb-history.jsonl": "history",
  "wandb-events.jsonl": "events",
  "output.log": "output",
};

/**
 * Takes one post of a logging client, all of it or nothing; it is on disk when this returns. Sending the same again
 * changes nothing: a line is known by its number.
 *
 * @returns what the client is told; `stopped` asks it to end the training
 * @throws HttpError 400 for a body that isn't the protocol's, 404 for a run that isn't there
 */
export function takeFileStream(
  store: Store,
  { entity, project, run }: { entity: string; project: string; run: string },
  body: unknown,
): { stopped?: true } {
  const { files, complete, exitcode } = checkBody(body);
  return store.transaction(() => {
    const home = store.projects.find(entity, project);
    const row = home && store.runs.find(home.id, run);
    if (row === undefined) throw new HttpError(404, `There is no run ${entity}/${project}/${run}`);
    for (const [name, stream] of Object.entries(STREAMS)) {
      const chunk = files.get(name);
      if (chunk === undefined) continue;
      checkPlace(name, chunk, store.lines.count(row.id, stream));
      store.lines.write(row.id, stream, chunk.offset, chunk.content);
    }
    const summary = files.get("wandb-summary.json")?.content.at(-1);
    const change: RunChange = {
      heartbeat_at: now(),
      ...(summary !== undefined && { summary }),
      ...(complete && { state: exitcode === 0 ? "finished" : "failed", exit_code: exitcode }),
    };
    store.runs.update(row.id, change);
    return row.stop_asked === 1 ? { stopped: true } : {};
  });
}

function checkBody(body: unknown): { files: Map<string, Chunk>; complete: boolean; exitcode: number } {
  if (!isObject(body)) throw new HttpError(400, "The body must be a JSON object");
  const { files = {}, complete = false, exitcode = 0 } = body;
  if (!isObject(files ?? {})) throw new HttpError(400, "files must be an object");
  if (typeof complete !== "boolean") throw new HttpError(400, "complete must be true or false");
  if (typeof exitcode !== "number") throw new HttpError(400, "exitcode must be a number");
  const chunks = Object.entries(files ?? {}).map(([name, chunk]) => [name, checkChunk(name, chunk)] as const);
  return { files: new Map(chunks), complete, exitcode };
}

function checkChunk(name: string, chunk: unknown): Chunk {
  const { offset = 0, content = [] } = isObject(chunk) ? chunk : {};
  if (!isObject(chunk) || !Number.isSafeInteger(offset) || (offset as number) < 0) {
    throw new HttpError(400, `${name} must have an offset, a whole number of at least 0`);
  }
  if (!Array.isArray(content) || !content.every((line) => typeof line === "string")) {
    throw new HttpError(400, `The content of ${name} must be a list of lines`);
  }
  if (name !== "output.log") for (const line of content as string[]) checkLine(name, line);
  return { offset: offset as number, content: content as string[] };
}

/** Refuses lines with numbers that no reader could be told. */
function checkPlace(name: string, { offset, content }: Chunk, count: number): void {
  if (offset - count <= WIDEST_GAP && offset + content.length <= MOST_LINES) return;
  throw new HttpError(400, `${name} has ${count} lines: none can be written at the offset ${offset}`);
}

/** Lines are kept as they are, and read back as objects: one that isn't an object is refused now. */
function checkLine(name: string, line: string): void {
  try {
    members(line);
  } catch (error) {
    throw new HttpError(
      400,
      `A line of ${name} is not a JSON object: ${error instanceof Error ? error.message : error}`,
    );
  }
}
