import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Attempt, withRetries } from "./retry.ts";
import { RetryBudget } from "./retry-budget.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const RULES = { maxRetries: 5, retryDelay: 250 };
const busy = { error: (note: string) => new Error(`busy${note}`) };

test("tries again until there is a value, and says which try it is", async () => {
  const attempt = vi.fn(async (tries: number) => (tries < 3 ? { retry: busy } : { value: tries }));
  const result = withRetries(attempt, RULES);
  await vi.runAllTimersAsync();
  expect(await result).toBe(3);
});

test("gives the last error when no retry is left", async () => {
  const attempt = vi.fn(async (tries: number) => ({ retry: { error: () => new Error(`try ${tries}`) } }));
  const result = expect(withRetries(attempt, { ...RULES, maxRetries: 2 })).rejects.toThrow("try 3");
  await vi.runAllTimersAsync();
  await result;
  expect(attempt).toHaveBeenCalledTimes(3);
});

test("waits up to a bound that doubles and then stays", async () => {
  vi.spyOn(Math, "random").mockReturnValue(0.5);
  const times: number[] = [];
  const attempt = async (): Promise<Attempt<never>> => {
    times.push(performance.now());
    return { retry: busy };
  };
  const result = expect(withRetries(attempt, { maxRetries: 7, retryDelay: 200 })).rejects.toThrow("busy");
  await vi.runAllTimersAsync();
  await result;
  const waits = times.slice(1).map((time, index) => time - (times[index] ?? 0));
  expect(waits).toEqual([100, 200, 400, 800, 1600, 3200, 3200]);
});

test("waits no shorter than the server asks", async () => {
  vi.spyOn(Math, "random").mockReturnValue(0);
  const attempt = vi.fn(async (tries: number) =>
    tries === 1 ? { retry: { ...busy, waitAtLeast: 30_000 } } : { value: "done" },
  );
  const result = withRetries(attempt, RULES);
  await vi.advanceTimersByTimeAsync(29_999);
  expect(attempt).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(await result).toBe("done");
});

test("waits for weeks when that is asked, and doesn't come back at once", async () => {
  const attempt = vi.fn(async (tries: number) =>
    tries === 1 ? { retry: { ...busy, waitAtLeast: 40 * 86_400_000 } } : { value: "done" },
  );
  const result = withRetries(attempt, RULES);
  await vi.advanceTimersByTimeAsync(39 * 86_400_000);
  expect(attempt).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(2 * 86_400_000);
  expect(await result).toBe("done");
});

test("a wait that would outlast the call isn't begun", async () => {
  const attempt = vi.fn(async () => ({ retry: { ...busy, waitAtLeast: 60_000 } }));
  const began = performance.now();
  await expect(withRetries(attempt, { ...RULES, endsAt: began + 59_999 })).rejects.toThrow(
    /busy The server asks to wait 60 s, which is longer than the deadline/,
  );
  expect(performance.now()).toBe(began);
  expect(attempt).toHaveBeenCalledTimes(1);
});

test("a signal ends the wait at once, with its reason", async () => {
  const stop = new AbortController();
  const attempt = vi.fn(async () => ({ retry: { ...busy, waitAtLeast: 60_000 } }));
  const result = expect(withRetries(attempt, { ...RULES, signal: stop.signal })).rejects.toThrow("enough");
  await vi.advanceTimersByTimeAsync(10);
  stop.abort(new Error("enough"));
  await result;
  expect(attempt).toHaveBeenCalledTimes(1);
});

test("a wait for all holds all back, as long as the server says or as the jitter has it", async () => {
  vi.spyOn(Math, "random").mockReturnValue(0.5);
  const holdAll = vi.fn();
  const waits = [undefined, 700];
  const attempt = async (tries: number): Promise<Attempt<string>> =>
    tries < 3 ? { retry: { ...busy, waitAtLeast: waits[tries - 1], forAll: true } } : { value: "done" };
  const result = withRetries(attempt, { ...RULES, holdAll });
  await vi.runAllTimersAsync();
  await result;
  expect(holdAll.mock.calls).toEqual([[125], [700]]);
});

test("who is told of failures may end them", async () => {
  const onFailure = vi.fn(async (_: Error, tries: number) => {
    if (tries === 2) throw new Error("it is the filter");
  });
  const attempt = vi.fn(async () => ({ retry: busy }));
  const result = expect(withRetries(attempt, { ...RULES, onFailure })).rejects.toThrow("it is the filter");
  await vi.runAllTimersAsync();
  await result;
  expect(attempt).toHaveBeenCalledTimes(2);
});

test("ten loops on a dying server share their retries; one alone keeps all of its own", async () => {
  const attempts = { parallel: 0, alone: 0 };
  const budget = new RetryBudget();
  const fail = (which: keyof typeof attempts) => async (): Promise<Attempt<never>> => {
    attempts[which]++;
    return { retry: busy };
  };
  const run = async (which: keyof typeof attempts) => {
    const end = budget.begin();
    try {
      await withRetries(fail(which), { ...RULES, budget });
    } finally {
      end();
    }
  };
  const all = Promise.allSettled(Array.from({ length: 10 }, () => run("parallel")));
  await vi.runAllTimersAsync();
  const messages = (await all).map((result) => String((result as PromiseRejectedResult).reason.message));
  // 10 first tries, 20 saved up, a few that came back with time, and the last one's own: not 60.
  expect(attempts.parallel).toBeGreaterThanOrEqual(30);
  expect(attempts.parallel).toBeLessThan(45);
  expect(messages.filter((message) => message.includes("share their retries")).length).toBeGreaterThan(5);

  const alone = expect(run("alone")).rejects.toThrow("busy");
  await vi.runAllTimersAsync();
  await alone;
  expect(attempts.alone).toBe(6);
});

test("what succeeds pays for retries: a fifth of it", () => {
  const budget = new RetryBudget();
  budget.begin();
  const end = budget.begin();
  while (budget.spend());
  for (let i = 0; i < 26; i++) budget.earn();
  expect([1, 2, 3, 4, 5, 6].map(() => budget.spend())).toEqual([true, true, true, true, true, false]);
  vi.advanceTimersByTime(2_000);
  expect([1, 2, 3].map(() => budget.spend())).toEqual([true, true, false]);
  end();
  end();
  expect(budget.spend()).toBe(true);
});
