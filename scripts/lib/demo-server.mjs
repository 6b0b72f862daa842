// The local server that the demo and the notebooks read from: the recorded runs, in a folder that goes with it.

import { existsSync } from "node:fs";
import path from "node:path";
import { ROOT, Trouble } from "./run.mjs";
import { withScratch } from "./scratch.mjs";
import { startLocalServer } from "./server.mjs";

const BIN = path.join(ROOT, "packages/local-server/bin/lazyruns-server.mjs");
const RUNS = path.join(ROOT, "apps/demo-notebooks/training/runs");

/** On loopback the local server takes any well-formed key; this one is no secret. */
export const DEMO_KEY = "demo".repeat(10);

/** @throws Trouble when the recorded runs aren't there, before anything is installed or built for them. */
export function checkDemoRuns() {
  if (!existsSync(RUNS)) throw new Trouble(`${RUNS} isn't there. Restore it, or: npm run demo:record`);
}

/**
 * Has a server with the recorded runs, in the project `local/digits`, for a piece of work. However that ends, the server
 * is stopped, and all that was logged to it removed.
 *
 * @template T
 * @param {(server: { url: string, ended: Promise<number> }) => Promise<T>} work
 */
export function withDemoServer(work) {
  return withScratch("lazyruns-demo-", async (dataDir) => {
    const server = await startLocalServer({ bin: BIN, dataDir, imports: [RUNS] });
    try {
      return await work(server);
    } finally {
      await server.stop();
    }
  });
}
