import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BatchPace } from "./batch-pace.ts";

/** A server that takes a round trip and then a time for each run. */
function served(
  pace: BatchPace,
  server: { roundTrip: number; perRun: number; bytes?: number },
  runs: number[],
) {
  const { roundTrip, perRun, bytes = 1000 } = server;
  for (const n of runs) pace.observe({ runs: n, headersMs: roundTrip + n * perRun, bytes: n * bytes });
  return pace;
}

describe("the size of a batch", () => {
  test("is one run, so that the first history comes at once, while nothing is known", () => {
    expect(new BatchPace().size()).toBe(1);
  });

  test("is middling after one quick answer, small after a slow one", () => {
    expect(served(new BatchPace(), { roundTrip: 80, perRun: 2 }, [1]).size()).toBe(30);
    expect(served(new BatchPace(), { roundTrip: 20, perRun: 200 }, [1]).size()).toBe(2);
  });

  test("after one answer, follows what other requests took", () => {
    const known = (roundTrip: number, perRun: number) =>
      served(new BatchPace(() => roundTrip), { roundTrip, perRun }, [1]).size();
    expect(known(20, 50)).toBe(2);
    expect(known(20, 25)).toBe(2);
    expect(known(20, 6)).toBe(30); // some milliseconds may be chance
    expect(known(80, 2)).toBe(50);
    expect(known(200, 2)).toBe(50);
  });

  test("isn't held down by what a page of ids took that came with the first answer", () => {
    const first = (headersMs: number, withIds: boolean) => {
      const pace = new BatchPace(() => 2);
      pace.observe({ runs: 1, headersMs, bytes: 1000, withIds });
      return pace.size();
    };
    expect([first(35, true), first(35, false), first(60, true)]).toEqual([30, 2, 2]);
  });

  test("is worth three round trips or 60 ms of the server's time, once that is known", () => {
    expect(served(new BatchPace(), { roundTrip: 20, perRun: 4 }, [1, 30]).size()).toBe(15);
    expect(served(new BatchPace(), { roundTrip: 80, perRun: 10 }, [1, 30]).size()).toBe(24);
    const slow = served(new BatchPace(), { roundTrip: 20, perRun: 200 }, [1, 4]);
    expect([slow.size(), slow.size(51), slow.size(50)]).toEqual([2, 2, 1]);
    expect(served(new BatchPace(), { roundTrip: 20, perRun: 0 }, [1, 30]).size()).toBe(50);
  });

  test("spreads the last runs over the requests in flight, and leaves few requests for few runs", () => {
    const pace = served(new BatchPace(), { roundTrip: 1, perRun: 0.1 }, [1, 30]);
    expect([pace.size(2000), pace.size(400), pace.size(119), pace.size(3)]).toEqual([50, 40, 30, 30]);
  });

  test("keeps an answer under 4 MB", () => {
    expect(served(new BatchPace(), { roundTrip: 1, perRun: 0.1, bytes: 500_000 }, [1, 10]).size()).toBe(8);
    expect(served(new BatchPace(), { roundTrip: 1, perRun: 0.1, bytes: 50_000_000 }, [1, 2]).size()).toBe(1);
  });

  test("isn't misled by a stalled event loop: only the least times count", () => {
    const pace = served(new BatchPace(), { roundTrip: 20, perRun: 4 }, [1, 30, 20]);
    pace.observe({ runs: 20, headersMs: 5000, bytes: 20_000 });
    expect(pace.size()).toBe(15);
  });

  test("halves when a batch was too much, and grows again after many that went well", () => {
    const pace = served(new BatchPace(), { roundTrip: 1, perRun: 0.1 }, [1, 30, 50]);
    pace.tooMuch(50);
    expect(pace.size()).toBe(25);
    pace.tooMuch(25);
    expect(pace.size()).toBe(12);
    served(pace, { roundTrip: 1, perRun: 0.1 }, Array(9).fill(12));
    expect(pace.size()).toBe(12);
    served(pace, { roundTrip: 1, perRun: 0.1 }, [12]);
    expect(pace.size()).toBe(24);
    pace.tooMuch(1);
    expect(pace.size()).toBe(1);
  });

  test("is a whole number from 1 to 50, whatever was seen", () => {
    const observation = fc.record({
      runs: fc.nat(60),
      headersMs: fc.double({ min: 0, max: 1e6, noNaN: true }),
      bytes: fc.nat(1e9),
    });
    const event = fc.oneof(observation, fc.integer({ min: 1, max: 60 }));
    fc.assert(
      fc.property(
        fc.array(event, { maxLength: 60 }),
        fc.option(fc.nat(5000), { nil: undefined }),
        (events, left) => {
          const pace = new BatchPace();
          for (const event of events) typeof event === "number" ? pace.tooMuch(event) : pace.observe(event);
          const size = pace.size(left);
          expect(Number.isInteger(size) && size >= 1 && size <= 50, `size ${size}`).toBe(true);
        },
      ),
    );
  });
});
