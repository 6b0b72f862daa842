import { expect, test, vi } from "vitest";
import { abortable, follow, onAbort, sleep } from "./abort.ts";

test("however many wait for a signal, it has one listener, and none when nobody waits", () => {
  const { signal } = new AbortController();
  const add = vi.spyOn(signal, "addEventListener");
  const remove = vi.spyOn(signal, "removeEventListener");
  const same = () => undefined;
  const forget = Array.from({ length: 50 }, () => onAbort(signal, same));
  expect(add).toHaveBeenCalledTimes(1);
  for (const end of forget) end();
  for (const end of forget) end();
  expect(remove).toHaveBeenCalledTimes(1);
  onAbort(signal, same)();
  expect(add).toHaveBeenCalledTimes(2);
  expect(remove).toHaveBeenCalledTimes(2);
});

test("all who still wait are told, once", () => {
  const stop = new AbortController();
  const told: string[] = [];
  onAbort(stop.signal, () => told.push("a"));
  onAbort(stop.signal, () => told.push("b"))();
  onAbort(stop.signal, () => told.push("c"));
  stop.abort();
  stop.abort();
  expect(told).toEqual(["a", "c"]);
  onAbort(stop.signal, () => told.push("late"));
  expect(told).toEqual(["a", "c", "late"]);
});

test("a wait ends with its work or its signal", async () => {
  const stop = new AbortController();
  await expect(abortable(Promise.resolve(1), stop.signal)).resolves.toBe(1);
  await expect(abortable(Promise.reject(new Error("no")), stop.signal)).rejects.toThrow("no");
  const waiting = abortable(new Promise(() => undefined), stop.signal);
  stop.abort(new Error("enough"));
  await expect(waiting).rejects.toThrow("enough");
  await expect(abortable(Promise.resolve(1), stop.signal)).rejects.toThrow("enough");
  await expect(sleep(60_000, stop.signal)).rejects.toThrow("enough");
});

test("a controller follows a signal until it is let go", () => {
  const stop = new AbortController();
  const [following, letGo] = [new AbortController(), new AbortController()];
  follow(stop.signal, following);
  follow(stop.signal, letGo)();
  stop.abort("why");
  expect(following.signal.reason).toBe("why");
  expect(letGo.signal.aborted).toBe(false);
});
