import type { HistoryExports } from "../parquet/history-exports.ts";
import type { Store } from "../store/store.ts";

/** What resolvers work with. */
export interface Context {
  readonly store: Store;
  /** The user that everybody is here, and the entity that runs go to when none is named. */
  readonly user: string;
  /** The server's address as the client of this request sees it, without a trailing slash. */
  readonly baseUrl: string;
  /** Milliseconds without a sign of life after which a running run counts as crashed. */
  readonly crashedAfter: number;
  /** Makes the Parquet files of runs, where the server offers them. */
  readonly exports: HistoryExports | undefined;
}
