import { deferred } from "./run.mjs";

/**
 * The exit code of the first signal that asks this process to end: from then on, ending is up to the caller.
 *
 * @returns {Promise<number>}
 */
export function nextSignal() {
  const { promise, resolve } = deferred();
  process.once("SIGINT", () => resolve(130));
  process.once("SIGTERM", () => resolve(143));
  process.once("SIGHUP", () => resolve(129));
  return promise;
}
