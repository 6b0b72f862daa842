import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { askedWait, withRetries } from "./retry.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test("tries again until there is a value, and says which try it is", async () => {
  const attempt = vi.fn(async (tries: number) =>
    tries < 3 ? { retry: { error: new Error("busy") } } : { value: tries },
  );
  const result = withRetries(attempt, 5, undefined);
  await vi.runAllTimersAsync();
  expect(await result).toBe(3);
});

test("gives the last error when no retry is left", async () => {
  const attempt = vi.fn(async (tries: number) => ({ retry: { error: new Error(`try ${tries}`) } }));
  const result = expect(withRetries(attempt, 2, undefined)).rejects.toThrow("try 3");
  await vi.runAllTimersAsync();
  await result;
  expect(attempt).toHaveBeenCalledTimes(3);
});

test("waits no shorter than the server asks", async () => {
  const attempt = vi.fn(async (tries: number) =>
    tries === 1 ? { retry: { error: new Error("slow down"), waitAtLeast: 30_000 } } : { value: "done" },
  );
  const result = withRetries(attempt, 5, undefined);
  await vi.advanceTimersByTimeAsync(29_999);
  expect(attempt).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(await result).toBe("done");
});

test("a signal ends the wait at once, with its reason", async () => {
  const stop = new AbortController();
  const attempt = vi.fn(async () => ({ retry: { error: new Error("busy"), waitAtLeast: 60_000 } }));
  const result = expect(withRetries(attempt, 5, stop.signal)).rejects.toThrow("enough");
  await vi.advanceTimersByTimeAsync(10);
  stop.abort(new Error("enough"));
  await result;
  expect(attempt).toHaveBeenCalledTimes(1);
});

test.each([
  [{ "retry-after": "2" }, 2000],
  [{ "retry-after": "Thu, 01 Jan 1970 00:01:40 GMT" }, 50_000],
  [{ "ratelimit-reset": "1.5" }, 1500],
  [{ "retry-after": "soon" }, undefined],
  [{ "retry-after": "-1" }, undefined],
  [{}, undefined],
])("%o asks for %s ms", (headers: Record<string, string>, expected) => {
  expect(askedWait((name) => headers[name], 50_000)).toBe(expected);
});
