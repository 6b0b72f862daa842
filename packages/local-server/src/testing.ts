import { mkdtempSync, rmSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { ServerOptions } from "./options.ts";
import { type LocalServer, startServer } from "./server.ts";

/** The tables that format 4 brought: without them a database is as an older server wrote it. */
export const FORMAT_4_TABLES = ["steps", "history_facts", "exports"];

/** A key of the right form. */
export const TEST_KEY = "k".repeat(40);

/** A folder that is gone when the test has ended. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "lazyruns-server-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A server on a folder of its own, up until the test ends. */
export async function testServer(options: Partial<ServerOptions> = {}): Promise<LocalServer> {
  const server = await startServer({ dataDir: temporaryFolder(), ...options });
  onTestFinished(() => server.close());
  return server;
}

/** What a server answered. */
export interface Answer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: string;
}

/** Sends a request as it is given; `fetch` would not send another's Host, or a broken body. */
export function send(
  url: string,
  options: { method?: string; headers?: Record<string, string>; body?: string | Buffer; key?: string } = {},
): Promise<Answer> {
  const { method = "POST", headers = {}, body, key = TEST_KEY } = options;
  return new Promise((resolve, reject) => {
    const authorization = `Basic ${Buffer.from(`api:${key}`).toString("base64")}`;
    const request = httpRequest(url, { method, headers: { authorization, ...headers } }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString(),
        }),
      );
      response.on("error", reject);
    });
    request.on("error", reject);
    request.end(body);
  });
}

/** Asks GraphQL and gives the data; GraphQL errors are thrown. */
export async function ask(
  server: LocalServer,
  query: string,
  variables: object = {},
  key?: string,
  // biome-ignore lint/suspicious/noExplicitAny: tests look at answers of any shape
): Promise<any> {
  const answer = await send(`${server.url}/graphql`, {
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query, variables, operationName: "" }),
    ...(key !== undefined && { key }),
  });
  const { data, errors } = JSON.parse(answer.body);
  if (errors) throw new Error(errors.map((error: { message: string }) => error.message).join("; "));
  return data;
}

/** Makes a run, and logs lines to it, as a client does. */
export async function logRun(
  server: LocalServer,
  name: string,
  input: object = {},
  body?: object,
): Promise<string> {
  const made = await ask(
    server,
    "mutation ($input: UpsertBucketInput!) { upsertBucket(input: $input) { bucket { id } inserted } }",
    { input: { name, modelName: "demo", ...input } },
  );
  if (body !== undefined) await stream(server, name, body);
  return made.upsertBucket.bucket.id;
}

/** Posts to a run's file stream. */
export async function stream(server: LocalServer, name: string, body: object): Promise<Answer> {
  return send(`${server.url}/files/local/demo/${name}/file_stream`, { body: JSON.stringify(body) });
}
