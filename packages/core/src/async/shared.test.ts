import { getEventListeners } from "node:events";
import { expect, test } from "vitest";
import { Shared } from "./shared.ts";

/** Work that goes on until it is finished or ended. */
function begun() {
  let finish: (value: string) => void = () => undefined;
  let ended: unknown;
  const shared = new Shared<string>(
    (signal) =>
      new Promise((resolve, reject) => {
        finish = resolve;
        signal.addEventListener("abort", () => {
          ended = signal.reason;
          reject(signal.reason);
        });
      }),
  );
  return { shared, finish: (value: string) => finish(value), ended: () => ended };
}

test("goes on for the others when one has gone, and ends with the last", async () => {
  const { shared, ended } = begun();
  const [first, second] = [new AbortController(), new AbortController()];
  const waits = [shared.wait(first.signal), shared.wait(second.signal)];
  first.abort(new Error("one"));
  await expect(waits[0]).rejects.toThrow("one");
  expect([shared.isAbandoned, ended()]).toEqual([false, undefined]);
  second.abort(new Error("two"));
  await expect(waits[1]).rejects.toThrow("two");
  expect([shared.isAbandoned, ended()]).toEqual([true, new Error("two")]);
  await shared.settled();
});

test("is never ended while somebody waits without a signal", async () => {
  const { shared, finish } = begun();
  const stop = new AbortController();
  const [open, closing] = [shared.wait(), shared.wait(stop.signal)];
  stop.abort(new Error("enough"));
  await expect(closing).rejects.toThrow("enough");
  finish("done");
  expect(await open).toBe("done");
  expect(shared.isAbandoned).toBe(false);
});

test("leaves nothing on the signals when it is over, and isn't abandoned by what aborts then", async () => {
  const { shared, finish } = begun();
  const stop = new AbortController();
  const wait = shared.wait(stop.signal);
  finish("done");
  expect(await wait).toBe("done");
  await shared.settled();
  expect(getEventListeners(stop.signal, "abort")).toHaveLength(0);
  stop.abort();
  expect(shared.isAbandoned).toBe(false);
});
