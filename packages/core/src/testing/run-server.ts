import { onTestFinished } from "vitest";
import { Api } from "../api.ts";
import type { FullRun } from "../runs/run.ts";
import { type FaultHandler, type FaultRequest, faultServer, TEST_KEY } from "./fault-server.ts";

/** A run as the wire has it. */
export const WIRE_RUN = {
  id: "UnVuOjE=",
  name: "abc",
  displayName: "first try",
  state: "running",
  tags: null,
  user: null,
  createdAt: "2026-01-02T03:04:05",
  config: '{"lr":{"value":1}}',
  summaryMetrics: "{}",
  systemMetrics: null,
  sweep: null,
  historyKeys: null,
};

/** Which operation a request is for. */
export function operationOf({ query }: FaultRequest): string {
  return /^query (\w+)/.exec(query)?.[1] ?? "";
}

/**
 * The run team/digits/abc of a server that answers what is asked about it as a test says.
 *
 * @returns the run, its `Api`, and the requests that came after the one for the run; their numbers begin there
 */
export async function runServer(
  handler: FaultHandler,
): Promise<{ run: FullRun; api: Api; requests: FaultRequest[] }> {
  let opened = false;
  const requests: FaultRequest[] = [];
  const { url } = await faultServer((request, response) => {
    if (!opened) return { project: { run: WIRE_RUN } };
    const about = { ...request, number: requests.length + 1 };
    requests.push(about);
    return handler(about, response);
  });
  const api = new Api({ baseUrl: url, apiKey: TEST_KEY, maxRetries: 0 });
  onTestFinished(() => api.close());
  const run = await api.run("team/digits/abc");
  opened = true;
  return { run, api, requests };
}
