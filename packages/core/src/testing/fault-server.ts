import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { gunzipSync } from "node:zlib";
import { expect, onTestFinished, vi } from "vitest";
import { Service, type ServiceOptions } from "../graphql/service.ts";

/** A key of the right form, for tests. */
export const TEST_KEY = "local-test-key-0123456789-0123456789-0123456789";

/** A request as the server under a test got it. */
export interface FaultRequest {
  readonly method: string;
  readonly path: string;
  /** Of a request with a body. */
  readonly query: string;
  readonly variables: Record<string, unknown>;
  readonly headers: IncomingMessage["headers"];
  /** Which request this is, from 1. */
  readonly number: number;
  /** Which request it is on its connection, from 1. */
  readonly onSocket: number;
}

/** What is answered: data, or whatever the handler does with the response itself. */
export type FaultHandler = (request: FaultRequest, response: ServerResponse) => object | undefined;

/** A server for faults that is up. */
export interface FaultServer {
  /** A connection to it. It waits a millisecond, at first, before it tries again. */
  readonly service: Service;
  /** The requests it got; a test may empty it. */
  readonly requests: FaultRequest[];
  readonly url: string;
  /** How many connections are open. */
  openSockets(): number;
  /** How many there have been. */
  socketsSoFar(): number;
  /** Closes the service, and fails when a connection stays open. */
  expectNoSocketLeft(): Promise<void>;
}

/** A server for faults that no real one shows on demand. It is up until the test ends. */
export async function faultServer(handler: FaultHandler, options: ServiceOptions = {}): Promise<FaultServer> {
  const requests: FaultRequest[] = [];
  const open = new Set<Socket>();
  const used = new WeakMap<Socket, number>();
  let sockets = 0;
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", () => {
      const { socket, headers, method = "", url: path = "" } = incoming;
      const onSocket = (used.get(socket) ?? 0) + 1;
      used.set(socket, onSocket);
      const asked = readBody(Buffer.concat(chunks), headers["content-encoding"]);
      const request = { ...asked, method, path, headers, onSocket, number: requests.length + 1 };
      requests.push(request);
      const data = handler(request, response);
      if (data !== undefined) response.end(JSON.stringify({ data }));
    });
  });
  server.on("connection", (socket) => {
    sockets++;
    open.add(socket);
    socket.on("close", () => open.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const service = new Service({ baseUrl: url, apiKey: TEST_KEY, retryDelay: 1, ...options });
  onTestFinished(async () => {
    const closed = service.close();
    server.closeAllConnections();
    await closed;
    await new Promise((resolve) => server.close(resolve));
  });
  return {
    service,
    requests,
    url,
    openSockets: () => open.size,
    socketsSoFar: () => sockets,
    expectNoSocketLeft: async () => {
      await service.close();
      await vi.waitFor(() => expect(open.size).toBe(0));
    },
  };
}

function readBody(body: Buffer, encoding: string | undefined): Pick<FaultRequest, "query" | "variables"> {
  if (body.length === 0) return { query: "", variables: {} };
  return JSON.parse((encoding === "gzip" ? gunzipSync(body) : body).toString());
}
