import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Cost, MODEL, type Model, Waits } from "./waits.mjs";

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "performance"] }));
afterEach(() => void vi.useRealTimers());

const cost = (histories: number, heavyRuns = 0) => Object.assign(new Cost(), { histories, heavyRuns });

/** When each of some requests that come at once is answered. */
async function ends(model: Partial<Model>, costs: readonly Cost[]) {
  const waits = new Waits();
  waits.model = { ...MODEL, ...model };
  const start = performance.now();
  const times = costs.map(async (it) => {
    await waits.wait(start, it);
    return performance.now() - start;
  });
  await vi.runAllTimersAsync();
  return Promise.all(times);
}

it("waits the delay, and for each history and each heavy run one after another", async () => {
  expect(await ends({ delayMs: 20 }, [cost(0), cost(1), cost(50), cost(0, 10), cost(1, 5)])).toEqual([
    20, 22, 120, 22, 23,
  ]);
  expect(await ends({ delayMs: 0, historyMs: 200 }, [cost(0), cost(2)])).toEqual([0, 400]);
});

it("lets requests queue for workers, but not those that need none", async () => {
  const costs = [cost(1), cost(1), cost(1), cost(1), cost(1), cost(0)];
  expect(await ends({ delayMs: 10, historyMs: 100, workers: 2 }, costs)).toEqual([
    110, 110, 210, 210, 310, 10,
  ]);
});

it("makes up for fractions of a millisecond in the waits that follow", async () => {
  const waits = new Waits();
  waits.model = { ...MODEL, delayMs: 1, heavyMs: 0.2 };
  const start = performance.now();
  for (let at = 0; at < 100; at++) {
    const wait = waits.wait(performance.now(), cost(0, 1));
    await vi.runAllTimersAsync();
    await wait;
  }
  expect(performance.now() - start).toBeGreaterThanOrEqual(118);
  expect(performance.now() - start).toBeLessThanOrEqual(122);
});

it("begins anew after a reset: workers are free, whoever had left them work", async () => {
  const waits = new Waits();
  waits.model = { ...MODEL, historyMs: 100, workers: 1 };
  const given = waits.wait(performance.now(), cost(50)); // its client is gone before it ends
  await vi.advanceTimersByTimeAsync(100);
  waits.reset();
  const start = performance.now();
  const next = waits.wait(start, cost(1)).then(() => performance.now() - start);
  await vi.runAllTimersAsync();
  expect(await next).toBe(100);
  await given;
});
