import { onTestFinished } from "vitest";
import { Api } from "../api.ts";
import type { RunsOptions } from "../runs/options.ts";
import { type FaultRequest, faultServer, TEST_KEY } from "./fault-server.ts";
import { type ScanHabits, type ScanModelRun, scanAnswer } from "./scan-project.ts";

/** Serves runs from now on, and gives a new connection to them; `requests` are those since. */
export type ServeRuns = ((runs: readonly ScanModelRun[], habits?: ScanHabits) => Api) & {
  readonly requests: FaultRequest[];
  /** How many connections are open. */
  readonly openSockets: () => number;
};

/**
 * A server of runs that are read whole.
 *
 * @param onRequest - sees each request before it is answered; what it gives is waited for
 */
export async function scanServer(
  onRequest: (request: FaultRequest) => Promise<void> | void = () => undefined,
): Promise<ServeRuns> {
  const state: { runs: readonly ScanModelRun[]; habits: ScanHabits } = { runs: [], habits: {} };
  const { url, requests, openSockets } = await faultServer((request, response) => {
    Promise.resolve(onRequest(request)).then(
      () => {
        const { minStep, maxStep } = request.variables as { minStep?: number; maxStep?: number };
        const { mostSteps = Number.POSITIVE_INFINITY } = state.habits;
        if (minStep !== undefined && (maxStep as number) - minStep > mostSteps) response.statusCode = 413;
        response.end(scanAnswer(request, state.runs, state.habits));
      },
      () => response.destroy(),
    );
    return undefined;
  });
  const serve = (runs: readonly ScanModelRun[], habits: ScanHabits = {}) => {
    Object.assign(state, { runs, habits });
    requests.length = 0;
    // One of its own each time: what is known of a server isn't to help with the next.
    const api = new Api({ baseUrl: url, apiKey: TEST_KEY, maxRetries: 0 });
    onTestFinished(() => api.close());
    return api;
  };
  return Object.assign(serve, { requests, openSockets });
}

/** The runs of team/digits, and what they warn of. */
export function digits(api: Api, options: RunsOptions = {}) {
  const warnings: string[] = [];
  const onWarning = ({ message }: { message: string }) => void warnings.push(message);
  return { runs: api.runs("team/digits", { onWarning, ...options }), warnings };
}
