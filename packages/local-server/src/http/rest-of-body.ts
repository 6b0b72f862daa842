import type { IncomingMessage } from "node:http";

/** How long a client that was refused may go on sending. */
const WITHIN_MS = 5_000;

/**
 * Reads and drops what a client still sends of a request that was refused. Most clients read no answer before they
 * have sent all: a connection that is ended under them is all they would see.
 */
export function discardRest(request: IncomingMessage): Promise<void> {
  if (request.complete || request.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, WITHIN_MS);
    for (const event of ["end", "close", "error"]) {
      request.once(event, () => {
        clearTimeout(timer);
        resolve();
      });
    }
    request.resume();
  });
}
