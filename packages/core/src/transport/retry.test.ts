import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
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

/** Ten parallel calls, or as many as said, that try by the rules; each attempt is told of. */
function callers(
  count: number,
  attempt: (caller: number, tries: number) => Attempt<string>,
  budget: RetryBudget,
) {
  return Array.from({ length: count }, async (_, caller) => {
    const end = budget.begin();
    try {
      return await withRetries(async (tries) => attempt(caller, tries), { ...RULES, budget });
    } finally {
      end();
    }
  });
}

describe("an outage", () => {
  test.each([2_000, 5_000].flatMap((outage) => [1, 2, 3, 5, 10, 12, 100].map((count) => [outage, count])))(
    "of %i ms is outlived by %i calls that it meets together",
    async (outage, count) => {
      const began = performance.now();
      const attempt = (): Attempt<string> =>
        performance.now() < began + outage ? { retry: busy } : { value: "done" };
      const all = Promise.all(callers(count, attempt, new RetryBudget()));
      await vi.advanceTimersByTimeAsync(outage + 15_000);
      expect(await all).toEqual(Array.from({ length: count }, () => "done"));
    },
  );

  test("for good ends ten calls within 60 s and 60 requests, and in between it is asked once a second", async () => {
    const times: number[] = [];
    const ends: number[] = [];
    const began = performance.now();
    const attempt = (): Attempt<string> => {
      times.push(performance.now() - began);
      return { retry: busy };
    };
    const all = callers(10, attempt, new RetryBudget()).map((work) =>
      expect(work.finally(() => ends.push(performance.now() - began))).rejects.toThrow(/^busy$/),
    );
    await vi.runAllTimersAsync();
    await Promise.all(all);
    expect(times).toHaveLength(60);
    expect(Math.max(...ends)).toBeLessThan(60_000);
    for (let from = 0; from < 60_000; from += 1_000) {
      expect(times.filter((time) => time < from).length).toBeLessThanOrEqual(10 + 20 + from / 1000);
    }
  });

  test("for good ends a thousand calls too, each when its turn hasn't come for 30 s", async () => {
    let requests = 0;
    const began = performance.now();
    const attempt = (): Attempt<string> => {
      requests++;
      return { retry: busy };
    };
    const all = Promise.allSettled(callers(1_000, attempt, new RetryBudget()));
    await vi.runAllTimersAsync();
    const messages = (await all).map((result) => String((result as PromiseRejectedResult).reason.message));
    const seconds = (performance.now() - began) / 1000;
    expect(seconds).toBeLessThan(180);
    expect(requests).toBeLessThanOrEqual(1_000 + 20 + seconds + 5); // the last is alone, and has its own
    expect(messages.filter((message) => message.includes("turn did not come")).length).toBeGreaterThan(900);
  });

  test("that half of the requests meet again and again costs no more than twice the requests", async () => {
    let requests = 0;
    const attempt = (caller: number, tries: number): Attempt<string> => {
      requests++;
      return (caller + tries) % 2 ? { retry: busy } : { value: "done" };
    };
    const all = Promise.all(callers(200, attempt, new RetryBudget()));
    await vi.advanceTimersByTimeAsync(30_000);
    expect(await all).toHaveLength(200);
    expect(requests).toBe(300);
  });

  test("keeps one call that is alone to its own tries, of which the last comes late", async () => {
    vi.spyOn(Math, "random").mockReturnValue(0);
    const times: number[] = [];
    const began = performance.now();
    const attempt = (): Attempt<string> => {
      times.push(performance.now() - began);
      return { retry: busy };
    };
    const all = callers(1, attempt, new RetryBudget()).map((work) => expect(work).rejects.toThrow(/^busy$/));
    await vi.runAllTimersAsync();
    await Promise.all(all);
    expect(times).toEqual([0, 0, 0, 0, 0, 7_750]);
  });
});

describe("the budget", () => {
  /** Two calls under way, and nothing saved up. */
  async function spent() {
    const budget = new RetryBudget();
    budget.begin();
    const end = budget.begin();
    for (let i = 0; i < 20; i++) await budget.spend(undefined, Number.POSITIVE_INFINITY);
    let served = 0;
    const wait = (signal?: AbortSignal, endsAt = Number.POSITIVE_INFINITY) =>
      budget.spend(signal, endsAt).then((paid) => {
        if (paid) served++;
        return paid;
      });
    return { budget, end, wait, served: () => served };
  }

  test("is a fifth of what succeeds at once, and two for a retry that does", async () => {
    const { budget, wait, served } = await spent();
    for (let i = 0; i < 9; i++) void wait();
    for (let i = 0; i < 11; i++) budget.earn(1);
    await vi.advanceTimersByTimeAsync(0);
    expect(served()).toBe(2);
    budget.earn(2);
    await vi.advanceTimersByTimeAsync(0);
    expect(served()).toBe(4);
  });

  test("is one a second besides", async () => {
    const { wait, served } = await spent();
    for (let i = 0; i < 5; i++) void wait();
    await vi.advanceTimersByTimeAsync(999);
    expect(served()).toBe(0);
    await vi.advanceTimersByTimeAsync(2_001);
    expect(served()).toBe(3);
  });

  test("is not needed by who is left alone, even in the midst of the wait", async () => {
    const { end, wait } = await spent();
    const waiting = wait();
    end();
    end();
    expect(await waiting).toBe(true);
    expect(await wait()).toBe(true);
  });

  test("is waited for as long as the signal and the call's end allow, and leaves no place taken", async () => {
    const { wait } = await spent();
    const stop = new AbortController();
    const aborted = expect(wait(stop.signal)).rejects.toThrow("enough");
    const late = wait(undefined, performance.now() + 500);
    const next = wait();
    stop.abort(new Error("enough"));
    await aborted;
    await vi.advanceTimersByTimeAsync(500);
    expect(await late).toBe(false);
    await vi.advanceTimersByTimeAsync(500);
    expect(await next).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });
});

test("a failure says that the server may be down, while nothing succeeds and for a second at most", async () => {
  vi.spyOn(Math, "random").mockReturnValue(0.9);
  const budget = new RetryBudget();
  const heard: boolean[] = [];
  const onFailure = async (_: Error, __: number, mayBeDown: boolean) => void heard.push(mayBeDown);
  const attempt = vi.fn(async () => ({ retry: busy }));
  const lone = expect(withRetries(attempt, { ...RULES, budget, onFailure })).rejects.toThrow("busy");
  await vi.runAllTimersAsync();
  await lone;
  expect(heard).toEqual([true, true, true, false, false, false]); // at 0, 225, 675, 1575 ms, ...

  heard.length = 0;
  const others = expect(withRetries(attempt, { ...RULES, maxRetries: 1, budget, onFailure })).rejects.toThrow(
    "busy",
  );
  await vi.advanceTimersByTimeAsync(100);
  await withRetries(async () => ({ value: 1 }), { ...RULES, budget });
  await vi.runAllTimersAsync();
  await others;
  expect(heard).toEqual([true, false]);
});
