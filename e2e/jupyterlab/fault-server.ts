import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

/** A request that a server of a test got. */
export interface Asked {
  readonly headers: IncomingMessage["headers"];
  readonly path: string;
  readonly body: string;
}

/** What is answered; an object is sent as JSON. */
export type Answering = (asked: Asked) =>
  | {
      readonly status?: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body: string | object;
    }
  | "nothing"
  | "hang up";

/** A stand-in for a W&B server that answers as a test wants, up until the test ends. */
export async function wandbStandIn(
  answering: Answering,
  tls?: { readonly cert: string; readonly key: string },
): Promise<{ readonly url: string; readonly asked: Asked[] }> {
  const asked: Asked[] = [];
  const listener: RequestListener = async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const one = { headers: request.headers, path: request.url ?? "", body };
    asked.push(one);
    const answer = answering(one);
    if (answer === "hang up") request.socket.destroy();
    else if (answer !== "nothing") {
      const text = typeof answer.body === "string" ? answer.body : JSON.stringify(answer.body);
      response.writeHead(answer.status ?? 200, { "content-type": "application/json", ...answer.headers });
      response.end(text);
    }
  };
  const server = tls === undefined ? createServer(listener) : createSecureServer(tls, listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http${tls === undefined ? "" : "s"}://127.0.0.1:${port}`, asked };
}
