import { createHash } from "node:crypto";
import { show } from "../arguments.ts";
import { InvalidArgumentError } from "../errors.ts";

/**
 * A place in a listing, as a small JSON value: what `runs.checkpoint()` gives and the option `resume` takes, in
 * another process too. It holds no key and no address of a server.
 */
export interface RunsCheckpoint {
  readonly version: 1;
  /** A hash of the path, the filters and the order: it fits no other question. */
  readonly listing: string;
  /** The server's cursor of the last run; null in front of the first. */
  readonly cursor: string | null;
  /** The cursor in front of the last run, by which that run is asked for again. */
  readonly before: string | null;
  /** How many runs of the whole listing lie in front, those passed over by `start` too. */
  readonly position: number;
  /** The ids of the last runs, at most ten, in order. */
  readonly runs: readonly string[];
  /** What the last run is ordered by, as the server wrote it; null where the listing doesn't carry it. */
  readonly orderValue: string | null;
  /** Of the rest: a value that was changed is refused. */
  readonly checksum: string;
}

/** What a checkpoint says, without what names its listing and proves it whole. */
export type Place = Omit<RunsCheckpoint, "version" | "listing" | "checksum">;

/** What names a listing. */
export interface ListingKey {
  readonly entity: string;
  readonly project: string;
  readonly filters: string;
  readonly order: string;
}

/** Ids in a checkpoint: should the last run be deleted, those in front of it still tell the place. */
export const REMEMBERED_RUNS = 10;

/** The checkpoint of a place. */
export function makeCheckpoint(key: ListingKey, place: Place): RunsCheckpoint {
  const { cursor, before, position, runs, orderValue } = place;
  const bare = { version: 1, listing: hashOf(key), cursor, before, position, runs, orderValue } as const;
  return { ...bare, checksum: checksumOf(bare) };
}

/**
 * Takes a checkpoint from outside.
 *
 * @throws InvalidArgumentError for a value that isn't one, was changed, or belongs to another listing
 */
export function checkResume(resume: unknown, key: ListingKey): RunsCheckpoint | undefined {
  if (resume === undefined || resume === null) return undefined;
  if (!isCheckpoint(resume)) {
    throw new InvalidArgumentError(
      `resume is ${show(resume)}; it must be a value that runs.checkpoint() gave, unchanged.`,
    );
  }
  if (resume.listing !== hashOf(key)) {
    throw new InvalidArgumentError(
      `resume is the checkpoint of another listing than ${key.entity}/${key.project} with these filters and the order ` +
        `${JSON.stringify(key.order)}. Path, filters and order must be those it was made with.`,
    );
  }
  return resume;
}

function isCheckpoint(value: unknown): value is RunsCheckpoint {
  if (typeof value !== "object" || value === null) return false;
  const { version, listing, cursor, before, position, runs, orderValue, checksum } = value as RunsCheckpoint;
  const isWhole =
    version === 1 &&
    [cursor, before, orderValue].every((text) => text === null || typeof text === "string") &&
    Number.isSafeInteger(position) &&
    position >= 0 &&
    Array.isArray(runs) &&
    runs.every((id) => typeof id === "string");
  return isWhole && checksum === checksumOf({ version, listing, cursor, before, position, runs, orderValue });
}

function hashOf({ entity, project, filters, order }: ListingKey): string {
  return hash([entity, project, filters, order]);
}

function checksumOf(bare: Omit<RunsCheckpoint, "checksum">): string {
  const { version, listing, cursor, before, position, runs, orderValue } = bare;
  return hash([version, listing, cursor, before, position, runs, orderValue]);
}

function hash(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("base64url").slice(0, 22);
}
