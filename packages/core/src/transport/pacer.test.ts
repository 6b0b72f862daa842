import fc from "fast-check";
import { expect, test } from "vitest";
import { Pacer } from "./pacer.ts";

const heard = (remaining: number, reset: number, limit = 1000) => {
  const headers: Record<string, string> = {
    "ratelimit-limit": String(limit),
    "ratelimit-remaining": String(remaining),
    "ratelimit-reset": String(reset),
  };
  return (name: string) => headers[name];
};

test("lets requests go while much remains, and where nothing is said", () => {
  const pacer = new Pacer();
  for (const header of [heard(900, 60), heard(251, 60), () => undefined, undefined]) {
    pacer.sent(0);
    pacer.ended(header, 0);
    expect(pacer.wait(0)).toBe(0);
  }
});

test("spreads what remains over the time to the reset", () => {
  const pacer = new Pacer();
  pacer.sent(0);
  pacer.ended(heard(100, 50), 0);
  expect(pacer.wait(0)).toBe(500);
  expect(pacer.wait(400)).toBe(100);
  expect(pacer.wait(500)).toBe(0);
});

test("counts those that are under way as spent", () => {
  const pacer = new Pacer();
  for (let i = 0; i < 5; i++) pacer.sent(0);
  pacer.ended(heard(14, 50), 0);
  expect(pacer.wait(0)).toBe(5_000);
  pacer.ended(heard(3, 50), 0);
  expect(pacer.wait(0)).toBe(50_000);
});

test("waits for the reset when none remains, and is free after it", () => {
  const pacer = new Pacer();
  pacer.sent(0);
  pacer.ended(heard(0, 50), 0);
  expect(pacer.wait(1_000)).toBe(49_000);
  expect(pacer.wait(50_000)).toBe(0);
  pacer.sent(50_000);
  expect(pacer.wait(50_000)).toBe(0);
});

test("a hold is for all, and a shorter one doesn't shorten it", () => {
  const pacer = new Pacer();
  pacer.hold(1_000, 0);
  pacer.hold(10, 0);
  expect(pacer.wait(300)).toBe(700);
});

test("learns what a request costs: ten loops never go over the limit, and use most of it", () => {
  fc.assert(
    fc.property(
      fc.record({
        cost: fc.integer({ min: 1, max: 25 }),
        latency: fc.integer({ min: 1, max: 200 }).map((ticks) => ticks * TICK),
        window: fc.integer({ min: 5, max: 60 }).map((seconds) => seconds * 1000),
      }),
      ({ cost, latency, window }) => {
        const { refused, sent, last } = simulate({ cost, latency, window, loops: 10, windows: 3 });
        expect(refused).toBe(0);
        // Ten loops can't send more than ten a latency; of what the limit allows, they use four fifths.
        const possible = Math.min((10 * window) / latency, 1000 / cost) * 3;
        expect(sent).toBeGreaterThan(possible * 0.8 - 20);
        expect(last).toBeGreaterThanOrEqual(window * 2);
      },
    ),
    { numRuns: 60 },
  );
});

const TICK = 10;

/** Loops against a server whose limit is 1000 a window, on a clock of its own. */
function simulate(world: { cost: number; latency: number; window: number; loops: number; windows: number }) {
  const { cost, latency, window, loops, windows } = world;
  const pacer = new Pacer();
  const arriving = new Map<number, ReturnType<typeof heard>[]>();
  let [free, remaining, refused, sent, last] = [loops, 1000, 0, 0, 0];
  for (let now = 0; now < window * windows; now += TICK) {
    if (now % window === 0) remaining = 1000;
    for (const header of arriving.get(now) ?? []) {
      pacer.ended(header, now);
      free++;
    }
    arriving.delete(now);
    const reset = Math.ceil((window - (now % window)) / 1000);
    for (; free > 0 && pacer.wait(now) <= 0; free--) {
      pacer.sent(now);
      if (remaining < cost) refused++;
      else remaining -= cost;
      sent++;
      last = now;
      const at = now + latency;
      arriving.set(at, [...(arriving.get(at) ?? []), heard(remaining, reset)]);
    }
  }
  return { refused, sent, last };
}

test("a long wait holds others for five minutes at most; then they go one by one until one is answered", () => {
  const pacer = new Pacer();
  const day = 86_400_000;
  pacer.hold(day, 0);
  expect(pacer.wait(0)).toBe(300_000);
  expect(pacer.asked(0)).toBe(day);
  expect(pacer.asked(300_000)).toBe(0);
  expect(pacer.wait(300_000)).toBe(0);
  pacer.sent(300_000);
  expect(pacer.wait(300_000)).toBe(1000);
  pacer.ended((name) => (name === "retry-after" ? "86100" : undefined), 300_010);
  pacer.hold(day - 300_000, 300_010);
  expect(pacer.wait(300_010)).toBe(300_000);
  pacer.sent(600_010);
  expect(pacer.wait(600_010)).toBe(1000);
  pacer.ended(() => undefined, 600_020);
  expect(pacer.wait(600_020)).toBe(0);
});
