import fc from "fast-check";
import { expect, it } from "vitest";
import { divisibleMap } from "./divisible-map.ts";

type Range = readonly [start: number, end: number];

/** Ranges of numbers one after another. */
function ranges(sizes: readonly number[]): () => Range | undefined {
  let start = 0;
  let index = 0;
  return () => {
    const size = sizes[index++];
    if (size === undefined) return undefined;
    start += size;
    return [start - size, start];
  };
}

it("gives all results in order, whatever is divided and whatever ends first", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 30 }),
      fc.integer({ min: 1, max: 8 }),
      fc.integer({ min: 1, max: 10 }),
      fc.infiniteStream(fc.integer({ min: 0, max: 3 })),
      async (sizes, most, inFlight, turns) => {
        let active = 0;
        let busiest = 0;
        const given: number[] = [];
        const work = async ([start, end]: Range) => {
          busiest = Math.max(busiest, ++active);
          const { value: turnsToWait } = turns.next();
          for (let turn = 0; turn < (turnsToWait ?? 0); turn++) await new Promise(setImmediate);
          active--;
          const middle = Math.ceil((start + end) / 2);
          if (end - start > most) return { parts: [[start, middle] as Range, [middle, end] as Range] };
          return { result: Array.from({ length: end - start }, (_, index) => start + index) };
        };
        for await (const result of divisibleMap(ranges(sizes), { inFlight, window: 2 * inFlight }, work)) {
          given.push(...result);
        }
        expect(busiest).toBeLessThanOrEqual(inFlight);
        expect(given).toEqual([...given.keys()]);
        expect(given.length).toBe(sizes.reduce((sum, size) => sum + size, 0));
      },
    ),
    { numRuns: 100 },
  );
});

it("runs ahead of the consumer by its window and no further", async () => {
  let made = 0;
  const all = divisibleMap(
    () => made++,
    { inFlight: 3, window: 5 },
    async (item) => ({ result: item }),
  );
  await all.next();
  await new Promise(setImmediate);
  await new Promise(setImmediate);
  expect(made).toBe(6);
  await all.return();
});

it("ends what is under way when the consumer leaves, and when one fails", async () => {
  const signals: AbortSignal[] = [];
  let made = 0;
  const hang = (item: number, signal: AbortSignal) => {
    signals.push(signal);
    if (item === 0) return Promise.resolve({ result: item });
    return new Promise<{ result: number }>((_, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason));
    });
  };
  for await (const _ of divisibleMap(() => made++, { inFlight: 3, window: 5 }, hang)) break;
  expect(signals.length).toBeGreaterThan(1);
  expect(signals.every(({ aborted }) => aborted)).toBe(true);

  made = 0;
  const failing = divisibleMap(
    () => made++,
    { inFlight: 3, window: 5 },
    async (item) => {
      if (item === 1) throw new Error("no");
      return { result: item };
    },
  );
  expect((await failing.next()).value).toBe(0);
  await expect(failing.next()).rejects.toThrow("no");
});

it("ends at once with the signal's reason", async () => {
  const controller = new AbortController();
  const never = () => new Promise<never>(() => undefined);
  const all = divisibleMap(() => 1, { inFlight: 1, window: 1, signal: controller.signal }, never);
  const first = all.next();
  controller.abort(new Error("enough"));
  await expect(first).rejects.toThrow("enough");
});
