// Where a Jupyter server is that was started on any free port.

import { readFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const STARTS_WITHIN_MS = 90_000;
const LOOKS_EVERY_MS = 100;

/**
 * Waits until a Jupyter server answers. It writes its address into a file of its runtime folder.
 *
 * @param {string} runtime - that folder
 * @param {number | undefined} pid - of its process
 * @param {AbortSignal} over - aborted when that process has ended
 * @returns {Promise<{ url: string, token: string } | undefined>} `url` ends with a slash; undefined when it takes too
 *   long or is over
 */
export async function jupyterAddress(runtime, pid, over) {
  const file = path.join(runtime, `jpserver-${pid}.json`);
  for (const until = Date.now() + STARTS_WITHIN_MS; Date.now() < until && !over.aborted; ) {
    const text = await readFile(file, "utf8").catch(() => "");
    if (text.trimEnd().endsWith("}")) {
      const { url, token } = JSON.parse(text);
      const isUp = await fetch(`${url}api`, { signal: over }).then(
        (response) => response.ok,
        () => false,
      );
      if (isUp) return { url, token };
    }
    await sleep(LOOKS_EVERY_MS, undefined, { signal: over }).catch(() => undefined);
  }
  return undefined;
}
