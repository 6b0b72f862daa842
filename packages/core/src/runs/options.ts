import { stringify } from "@lazyruns/json";
import { checkWhole, show } from "../arguments.ts";
import { InvalidArgumentError } from "../errors.ts";
import { checkFilters } from "../filters/check.ts";
import type { Condition, Filters } from "../filters/filters.ts";
import { checkResume, type RunsCheckpoint } from "../listing/checkpoint.ts";
import { LARGEST_PAGE, type Listing } from "../listing/listing.ts";
import type { RunsWarning } from "../warning.ts";
import { checkOrder, type Order } from "./order.ts";

/** Which runs to take and how to fetch them. */
export interface RunsOptions {
  /** Which runs to take: the object form that Python uses too, or a condition made by `where`. Default: all. */
  readonly filters?: Filters | Condition | null | undefined;
  /** How they are ordered. Default `"+created_at"`, oldest first. */
  readonly order?: Order | undefined;
  /**
   * Runs a request, 1 to 1000. Default: 50 in the first request, then 1000; of full runs at most 100 and about 8 MB,
   * and fewer where that is too much for the server.
   */
  readonly perPage?: number | undefined;
  /** The most runs in all. Default: no limit. Without `perPage`, no request asks for more than are left. */
  readonly limit?: number | undefined;
  /**
   * How many of the first runs are passed over. Default 0. The server can't pass over runs itself: their ids are gone
   * through, 1000 a request, before the first page.
   */
  readonly start?: number | undefined;
  /**
   * What `checkpoint()` gave, of a collection with the same path, filters and order: this one goes on behind it.
   * `limit` and `start` count from there. One small request sees whether the place is still where it was.
   */
  readonly resume?: RunsCheckpoint | null | undefined;
  /** Whether runs carry their sweep. It comes in the same request. Default true. */
  readonly includeSweeps?: boolean | undefined;
  /** Whether `config`, `summary` and `systemMetrics` are left out until they are loaded. Default true. */
  readonly lazy?: boolean | undefined;
  /** The API key to read these runs with. Default: the connection's. */
  readonly apiKey?: string | undefined;
  /**
   * Told of what was skipped, such as a run that was deleted meanwhile, and of a listing that changed while it was
   * read. Default: nobody is.
   */
  readonly onWarning?: ((warning: RunsWarning) => void) | undefined;
}

/** @throws InvalidArgumentError naming the option, its value and what is allowed. */
export function checkRunsOptions(entity: string, project: string, options: RunsOptions): Listing {
  checkWhole("perPage", options.perPage, 1, LARGEST_PAGE);
  checkWhole("limit", options.limit, 0);
  checkWhole("start", options.start, 0);
  checkFlag("includeSweeps", options.includeSweeps);
  checkFlag("lazy", options.lazy);
  const filters = stringify(checkFilters(options.filters));
  const order = checkOrder(options.order);
  return {
    filters,
    order,
    perPage: options.perPage,
    includeSweeps: options.includeSweeps ?? true,
    start: options.start ?? 0,
    limit: options.limit ?? Number.POSITIVE_INFINITY,
    resume: checkResume(options.resume, { entity, project, filters, order }),
  };
}

/** Refuses an option that isn't true or false; an absent one is fine. */
export function checkFlag(name: string, value: unknown): void {
  if (value !== undefined && typeof value !== "boolean") {
    throw new InvalidArgumentError(`${name} is ${show(value)}; it must be true or false.`);
  }
}
