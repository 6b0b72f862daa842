import type { RunsCheckpoint } from "./checkpoint.ts";

/** The most runs that W&B's server gives in one page. */
export const LARGEST_PAGE = 1000;

/** Which runs to list, and how. */
export interface Listing {
  /** JSON text. */
  readonly filters: string;
  readonly order: string;
  /** Runs a request; absent: 50 at first, then 1000, or of full runs what their weight allows, at most 100; fewer where the server can't. */
  readonly perPage: number | undefined;
  readonly includeSweeps: boolean;
  /** How many runs are passed over: of the listing, or behind `resume`. */
  readonly start: number;
  /** How many runs are given at most; infinite when there is no limit. */
  readonly limit: number;
  /** Where an earlier listing stopped. */
  readonly resume: RunsCheckpoint | undefined;
}
