import type * as polars from "nodejs-polars";
import { loadPeer, type Peer } from "../load-peer.ts";

/** What we call of nodejs-polars: its module, as `import` and `require` give it. */
export type Polars = typeof polars;

const POLARS: Peer = {
  name: "nodejs-polars",
  range: ">=0.24.1 <1",
  versions: ["0.24.1", "1.0.0"],
  advice:
    "Run `npm install nodejs-polars@0.24.1`, whose native part installs on Node 20 and newer; " +
    "later versions install theirs on Node 22 and newer only.",
};

/**
 * nodejs-polars, loaded at the first call: from where this package looks for it, or from the working directory.
 *
 * @returns the module, as `import` and `require` give it
 * @throws ConfigurationError saying what to install
 * @example
 * const pl = loadPolars();
 * pl.scanParquet("history.parquet").select(pl.col("loss").min()).collectSync();
 */
export function loadPolars(): Polars {
  return loadPeer<Polars>(POLARS);
}
