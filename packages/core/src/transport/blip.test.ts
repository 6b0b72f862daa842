import { expect, test } from "vitest";
import { Runs } from "../runs/runs.ts";
import { type FaultRequest, faultServer } from "../testing/fault-server.ts";
import { ListedProject } from "../testing/listed-project.ts";
import { type ModelRun, modelAnswer } from "../testing/model-project.ts";

const COUNT = 1000;
const OUTAGE = 300;
const DEFAULT_DELAY = 250;

/** A server that answers each request after 5 ms, and from the n-th chosen one on so many milliseconds with a status. */
async function blinking(
  status: number,
  from: number,
  isCounted: (request: FaultRequest) => boolean,
  answer: (request: FaultRequest) => string,
) {
  let counted = 0;
  let upAt: number | undefined;
  const failed: number[] = [];
  const server = await faultServer(
    (request, response) => {
      if (isCounted(request) && ++counted === from) upAt = performance.now() + OUTAGE;
      const isDown = upAt !== undefined && performance.now() < upAt;
      if (isDown) failed.push(request.number);
      setTimeout(() => (isDown ? response.writeHead(status).end() : response.end(answer(request))), 5);
      return undefined;
    },
    { retryDelay: DEFAULT_DELAY },
  );
  return { ...server, failed };
}

test.each([502, 500])(
  "histories of 1,000 runs outlive 300 ms of HTTP %i",
  async (status) => {
    const runs: ModelRun[] = Array.from({ length: COUNT }, (_, index) => ({
      id: `r${index}`,
      history: [{ _step: 0, loss: index }],
    }));
    const { service, failed, requests } = await blinking(
      status,
      12,
      () => true,
      (request) => modelAnswer(request, runs),
    );
    const rows = await new Runs(service, "team", "digits").histories({ keys: ["loss"] });
    expect(rows.map(({ loss }) => loss)).toEqual(runs.map((_, index) => index));
    expect(requests.length - failed.length).toBeLessThan(50); // 33, and some more where a batch was split after all
    expect(failed.length).toBeGreaterThan(0);
  },
  60_000,
);

test.each([502, 500])(
  "loading 1,000 runs outlives 300 ms of HTTP %i",
  async (status) => {
    const project = new ListedProject(COUNT);
    const { service, failed, requests } = await blinking(
      status,
      4,
      ({ query }) => query.includes("LoadRuns"),
      (request) => JSON.stringify({ data: project.answer(request) }),
    );
    const runs = new Runs(service, "team", "digits", { perPage: COUNT });
    await runs.toArray();
    const full = await runs.upgradeToFull();
    expect((await full.toArray()).map(({ config }) => config.index)).toEqual([...Array(COUNT).keys()]);
    expect(requests.length - failed.length).toBeLessThan(20); // 12
    expect(failed.length).toBeGreaterThan(0);
  },
  60_000,
);
