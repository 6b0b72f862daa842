import { expect, test } from "vitest";
import { ServerError } from "../errors.ts";
import { Runs } from "../runs/runs.ts";
import { faultServer } from "../testing/fault-server.ts";
import { type ModelRun, modelAnswer } from "../testing/model-project.ts";

const RUNS: ModelRun[] = Array.from({ length: 300 }, (_, index) => ({
  id: `r${index}`,
  history: [{ _step: 0, loss: index }],
}));

/** How many requests are answered first: enough that many are under way. */
const UP = 12;

/** A server of the runs, ten a request, that answers 503 from its 13th request on, for as long as is said. */
async function restarting(outage: number, retryDelay: number) {
  let upAt: number | undefined;
  const server = await faultServer(
    (request, response) => {
      if (request.number > UP) upAt ??= performance.now() + outage;
      if (upAt !== undefined && performance.now() < upAt) response.writeHead(503).end();
      else response.end(modelAnswer(request, RUNS, { mostRuns: 10 }));
      return undefined;
    },
    { retryDelay },
  );
  return { ...server, runs: new Runs(server.service, "team", "digits") };
}

test.each([2_000, 5_000])(
  "histories outlive a server that is down for %i ms",
  async (outage) => {
    const { runs } = await restarting(outage, 250);
    const rows = await runs.histories({ keys: ["loss"] });
    expect(rows.map(({ loss }) => loss)).toEqual(RUNS.map((_, index) => index));
  },
  60_000,
);

test("histories of a server that is down for good end, after few requests", async () => {
  const { runs, requests } = await restarting(Number.POSITIVE_INFINITY, 1);
  const began = performance.now();
  const error = await runs.histories({ keys: ["loss"] }).catch((error: unknown) => error);
  expect(error).toBeInstanceOf(ServerError);
  expect(error).toMatchObject({ status: 503 });
  const seconds = (performance.now() - began) / 1000;
  // Those that were answered, at most 12 batches' first tries, 20 saved up, and one a second.
  expect(requests.length).toBeLessThanOrEqual(UP + 12 + 20 + seconds + 5);
  expect(requests.length).toBeLessThanOrEqual(UP + 12 * 6);
}, 120_000);
