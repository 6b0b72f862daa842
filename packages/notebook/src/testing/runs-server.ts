import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Api } from "@lazyruns/core";
import { onTestFinished } from "vitest";

/** A run as a test gives it. */
export interface TestRun {
  readonly id: string;
  readonly name?: string;
  readonly state?: string;
  readonly tags?: readonly string[];
  readonly group?: string | null;
  readonly user?: string | null;
  readonly createdAt?: string | null;
  readonly heartbeatAt?: string | null;
  /** As Python writes it: NaN and the infinities may be in it. */
  readonly config?: string;
  readonly summary?: string;
  readonly history?: readonly Readonly<Record<string, unknown>>[];
}

const KEY = "local-test-key-0123456789-0123456789-0123456789";

/**
 * A project on a server of its own, which answers what a listing asks. Everything is closed when the test ends.
 *
 * @param runs - a test may change them meanwhile
 * @param hear - is told of each question, and may give an HTTP status to fail with
 */
export async function runsServer(
  runs: readonly TestRun[],
  hear: (asked: Asked) => number | undefined = () => undefined,
): Promise<Api> {
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8");
    request.on("data", (part: string) => {
      body += part;
    });
    request.on("end", () => {
      const asked: Asked = JSON.parse(body);
      response.statusCode = hear(asked) ?? 200;
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ data: answer(asked, runs) }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const api = new Api({ baseUrl: `http://127.0.0.1:${port}`, apiKey: KEY, maxRetries: 0 });
  onTestFinished(async () => {
    await api.close();
    await new Promise((resolve) => server.close(resolve));
  });
  return api;
}

/** A question as the server got it. */
export interface Asked {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

function answer({ query, variables }: Asked, runs: readonly TestRun[]): object {
  const isFull = query.includes("summaryMetrics");
  const specs = ((variables.specs ?? []) as string[]).map((spec) => JSON.parse(spec) as { keys: string[] });
  const nodes = runs.map((run) => ({
    ...wire(run, isFull),
    sampledHistory: specs.map(({ keys }) => rowsWith(keys, run)),
  }));
  if (/\brun\(name:/.test(query)) {
    return { project: { run: nodes.find(({ name }) => name === variables.name) ?? null } };
  }
  const {
    first = nodes.length,
    after,
    filters,
  } = variables as { first?: number; after?: string; filters?: string };
  const asked =
    filters === undefined || filters === null ? nodes : nodes.filter(({ name }) => isAsked(name, filters));
  const start = after === undefined || after === null ? 0 : Number(after);
  const edges = asked
    .slice(start, start + first)
    .map((node, at) => ({ node, cursor: String(start + at + 1) }));
  const pageInfo = {
    endCursor: String(start + edges.length),
    hasNextPage: start + edges.length < asked.length,
  };
  const firstRun = { edges: edges.slice(0, 1) };
  return { project: { runCount: asked.length, runs: { edges, pageInfo }, firstRun } };
}

function rowsWith(keys: readonly string[], { history = [] }: TestRun): object[] {
  const rows = history.filter((row) => keys.every((key) => key in row));
  return rows.map((row) => Object.fromEntries(keys.map((key) => [key, row[key]])));
}

/** A batch that is loaded names its runs; a listing has no such filter. */
function isAsked(id: string, filters: string): boolean {
  return !filters.includes('"$in"') || filters.includes(JSON.stringify(id));
}

function wire(run: TestRun, isFull: boolean) {
  const {
    id,
    name = id,
    state = "finished",
    tags = [],
    group = null,
    user = "ada",
    config = "{}",
    summary = "{}",
  } = run;
  const { createdAt = "2026-11-20T10:00:00", heartbeatAt = "2026-11-20T10:12:05" } = run;
  return {
    id: `gql-${id}`,
    name: id,
    displayName: name,
    state,
    tags,
    group,
    createdAt,
    heartbeatAt,
    user: user === null ? null : { name: user, username: user },
    sweep: null,
    ...(isFull && { config, summaryMetrics: summary, systemMetrics: null }),
  };
}
