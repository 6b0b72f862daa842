import fc from "fast-check";
import { expect, test } from "vitest";
import { orderedMap } from "./ordered-map.ts";

async function collect<T>(source: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of source) items.push(item);
  return items;
}

const turns = async (count: number) => {
  for (let i = 0; i < count; i++) await new Promise((resolve) => setImmediate(resolve));
};

test("keeps the order, and never has more than the limit in flight", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat(5), { maxLength: 20 }),
      fc.integer({ min: 1, max: 5 }),
      fc.option(fc.integer({ min: 1, max: 10 }), { nil: undefined }),
      async (delays, limit, window) => {
        let inFlight = 0;
        let most = 0;
        const results = await collect(
          orderedMap(delays.entries(), { inFlight: limit, window }, async ([index, delay]) => {
            most = Math.max(most, ++inFlight);
            await turns(delay);
            inFlight--;
            return index;
          }),
        );
        expect(results).toEqual([...delays.keys()]);
        expect(most).toBeLessThanOrEqual(limit);
      },
    ),
    { numRuns: 50 },
  );
});

test("takes no further item than the consumer has room for", async () => {
  let taken = 0;
  function* source() {
    for (;;) yield taken++;
  }
  const results = orderedMap(source(), { inFlight: 3 }, async (item) => item);
  expect((await results.next()).value).toBe(0);
  expect(taken).toBeLessThanOrEqual(4);
  await results.return();
});

test("gives a ready result without waiting for a slow source", async () => {
  async function* source() {
    yield 1;
    await new Promise(() => undefined);
  }
  const results = orderedMap(source(), { inFlight: 3 }, async (item) => item);
  expect((await results.next()).value).toBe(1);
  await results.return();
});

test("a failure comes in its turn and aborts the others", async () => {
  const signals: AbortSignal[] = [];
  const work = async (item: number, signal: AbortSignal) => {
    signals.push(signal);
    await turns(2);
    if (item === 1) throw new Error("broken");
    if (item === 2) await new Promise((resolve) => signal.addEventListener("abort", resolve));
    return item;
  };
  const results = orderedMap([0, 1, 2], { inFlight: 3 }, work);
  expect((await results.next()).value).toBe(0);
  await expect(results.next()).rejects.toThrow("broken");
  expect(signals.map((signal) => signal.aborted)).toEqual([true, true, true]);
});

test("a consumer that stops aborts what is under way", async () => {
  const aborted: number[] = [];
  const work = async (item: number, signal: AbortSignal) => {
    if (item > 0) {
      await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
      aborted.push(item);
    } else await turns(2);
    return item;
  };
  for await (const item of orderedMap([0, 1, 2], { inFlight: 3 }, work)) {
    expect(item).toBe(0);
    break;
  }
  await turns(1);
  expect(aborted).toEqual([1, 2]);
});

test("goes on behind a slow result, as far as the window reaches", async () => {
  let release: () => void = () => undefined;
  const slow = new Promise<void>((resolve) => {
    release = resolve;
  });
  const started: number[] = [];
  const results = orderedMap([...Array(20).keys()], { inFlight: 2, window: 6 }, async (item) => {
    started.push(item);
    if (item === 0) await slow;
    return item;
  });
  const first = results.next();
  await expect.poll(() => started.length).toBe(6);
  await turns(3);
  expect(started).toEqual([0, 1, 2, 3, 4, 5]);
  release();
  expect((await first).value).toBe(0);
  expect(await collect(results)).toEqual([...Array(19).keys()].map((item) => item + 1));
});

test("works ahead while the consumer is busy", async () => {
  const started: number[] = [];
  for await (const item of orderedMap([0, 1, 2, 3], { inFlight: 1, window: 3 }, async (item) => {
    started.push(item);
    return item;
  })) {
    if (item === 0) await expect.poll(() => started).toEqual([0, 1, 2, 3]);
  }
});

test("a source that fails is reported behind the results before it", async () => {
  async function* source() {
    yield 1;
    throw new Error("no more");
  }
  const results = orderedMap(source(), { inFlight: 3 }, async (item) => item);
  expect((await results.next()).value).toBe(1);
  await expect(results.next()).rejects.toThrow("no more");
});

test("a signal ends it at once, whatever it waits for", async () => {
  const never = () => new Promise<never>(() => undefined);
  async function* endless() {
    yield 1;
    await never();
  }
  const aborted = AbortSignal.abort(new Error("enough"));
  await expect(
    collect(orderedMap([1, 2], { inFlight: 2, signal: aborted }, async (item) => item)),
  ).rejects.toThrow("enough");
  for (const work of [async (item: number) => item, never]) {
    const stop = new AbortController();
    const all = collect(orderedMap(endless(), { inFlight: 2, signal: stop.signal }, work));
    setImmediate(() => stop.abort(new Error("enough")));
    await expect(all).rejects.toThrow("enough");
  }
});

test("work that fails before its first wait is a failure like any other", async () => {
  const broken = () => {
    throw new Error("broken");
  };
  await expect(collect(orderedMap([1], { inFlight: 2 }, broken))).rejects.toThrow("broken");
});
