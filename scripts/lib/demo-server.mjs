// The local server that the demo and the notebooks read from: the recorded runs, in a folder that goes with it.

import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { ROOT, Trouble } from "./run.mjs";
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
 * Starts a server that has the recorded runs, in the project `local/digits`.
 *
 * @returns what `startLocalServer` gives; `stop` also removes all that was logged to the server
 */
export async function startDemoServer() {
  const dataDir = await mkdtemp(path.join(tmpdir(), "lazyruns-demo-"));
  const remove = () => rm(dataDir, { recursive: true, force: true });
  try {
    const server = await startLocalServer({ bin: BIN, dataDir, imports: [RUNS] });
    return {
      ...server,
      stop: async () => {
        await server.stop();
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}
