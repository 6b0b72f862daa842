import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";
import { onTestFinished } from "vitest";
import { Service, type ServiceOptions } from "../graphql/service.ts";

/** A key of the right form, for tests. */
export const TEST_KEY = "local-test-key-0123456789-0123456789-0123456789";

/** A request as the server under a test got it. */
export interface FaultRequest {
  readonly query: string;
  readonly variables: Record<string, unknown>;
  readonly headers: IncomingMessage["headers"];
  /** Which request this is, from 1. */
  readonly number: number;
}

/** What is answered: data, or whatever the handler does with the response itself. */
export type FaultHandler = (request: FaultRequest, response: ServerResponse) => object | undefined;

/**
 * A server for faults that no real one shows on demand. It is up until the test ends.
 *
 * @returns a connection to it, and the requests it got
 */
export async function faultServer(
  handler: FaultHandler,
  options: ServiceOptions = {},
): Promise<{ service: Service; requests: FaultRequest[]; url: string }> {
  const requests: FaultRequest[] = [];
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", () => {
      const body = Buffer.concat(chunks);
      const text = incoming.headers["content-encoding"] === "gzip" ? gunzipSync(body) : body;
      const { query, variables } = JSON.parse(text.toString());
      const request = { query, variables, headers: incoming.headers, number: requests.length + 1 };
      requests.push(request);
      const data = handler(request, response);
      if (data !== undefined) response.end(JSON.stringify({ data }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const service = new Service({ baseUrl: url, apiKey: TEST_KEY, ...options });
  onTestFinished(async () => {
    await service.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { service, requests, url };
}
