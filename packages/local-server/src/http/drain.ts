import type { Server } from "node:http";
import type { Socket } from "node:net";

/**
 * Follows a server's connections, so that it can end without waiting for its clients. Node's own `close` leaves a
 * connection that was answering when it was called open until its client, or a timeout of a minute, ends it; one on
 * which no request ever came is never ended.
 *
 * @returns ends the server: requests under way are answered, and every connection goes as soon as it is idle
 */
export function drainable(server: Server): () => Promise<void> {
  const sockets = new Set<Socket>();
  const busy = new Set<Socket>();
  let isClosing = false;
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  server.on("request", ({ socket }, response) => {
    busy.add(socket);
    response.once("close", () => {
      busy.delete(socket);
      if (isClosing) socket.destroySoon();
    });
  });
  return () =>
    new Promise((resolve) => {
      isClosing = true;
      server.close(() => resolve());
      for (const socket of sockets) if (!busy.has(socket)) socket.destroySoon();
    });
}
