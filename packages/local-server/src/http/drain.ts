import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";

/** A request that isn't answered yet. */
interface Work {
  readonly request: IncomingMessage;
  readonly done: Promise<void>;
}

/**
 * Carries a server's requests out, and follows them, so that it can end without waiting for its clients. Node's own
 * `close` leaves a connection that was answering when it was called open until its client, or a timeout of a minute,
 * ends it; one on which no request ever came is never ended.
 *
 * @param handle answers a request, and never rejects
 * @param grace milliseconds that requests under way get at the end
 * @returns ends the server: requests that came whole are answered, those of which a part is still to come are cut off
 *   (their client may never send it), and every connection goes as soon as it is idle
 */
export function drainable(
  server: Server,
  handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
  grace: number,
): () => Promise<void> {
  // A connection may have several requests under way: clients may send the next one before the answer ("pipelining").
  const connections = new Map<Socket, Set<Work>>();
  let isClosing = false;
  server.on("connection", (socket) => {
    connections.set(socket, new Set());
    socket.once("close", () => connections.delete(socket));
  });
  server.on("request", (request, response) => {
    const { socket } = request;
    const work = { request, done: handle(request, response) };
    const under = connections.get(socket) ?? new Set();
    under.add(work);
    response.once("close", () => {
      under.delete(work);
      if (isClosing) endIfIdle(socket, under);
    });
  });
  return async () => {
    isClosing = true;
    const all = [...connections.values()].flatMap((under) => [...under]);
    let timeout: NodeJS.Timeout | undefined;
    const tooLong = new Promise<void>((resolve) => {
      timeout = setTimeout(() => {
        server.closeAllConnections();
        resolve();
      }, grace);
    });
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    for (const [socket, under] of connections) endIfIdle(socket, under);
    await closed;
    // What was cut off tidies up behind itself.
    await Promise.race([Promise.all(all.map(({ done }) => done)), tooLong]);
    clearTimeout(timeout);
  };
}

function endIfIdle(socket: Socket, under: ReadonlySet<Work>): void {
  if ([...under].some(({ request }) => request.complete)) return;
  if (under.size > 0) socket.destroy();
  else socket.destroySoon();
}
