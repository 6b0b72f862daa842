import { type Domain, widened } from "@lazyruns/curves";
import fc from "fast-check";
import { expect, test } from "vitest";
import { axisTexts, axisTicks } from "./axis-ticks.ts";
import { numberTexts } from "./number-texts.ts";
import { timeText } from "./time-text.ts";
import { lengthTicks, timeTicks } from "./time-ticks.ts";
import { valueText } from "./value-text.ts";

const HOUR = 3600;

test("lengths have round places", () => {
  expect(axisTexts(lengthTicks([0, 7300], 4), "length")).toEqual(["0s", "30m", "1h", "1h 30m", "2h"]);
  expect(axisTexts(lengthTicks([0, 50 * 24 * HOUR], 5), "length")).toEqual(["0s", "14d", "28d", "42d"]);
  expect(axisTexts(lengthTicks([0, 1], 4), "length")).toEqual(["0s", "0.5s", "1s"]);
});

test.each([
  ["2026-11-02T10:00:00Z", "2026-11-02T10:00:04Z", ["10:00:00", "10:00:02", "10:00:04"]],
  ["2026-11-02T22:10:00Z", "2026-11-03T05:00:00Z", ["11-03", "02:00", "04:00"]],
  ["2026-11-02T10:00:00Z", "2026-11-06T10:00:00Z", ["2026-11-03", "2026-11-04", "2026-11-05", "2026-11-06"]],
  ["2025-12-20T10:00:00Z", "2026-04-06T10:00:00Z", ["2026-01", "2026-03"]],
  ["2010-05-01T00:00:00Z", "2026-04-06T10:00:00Z", ["2015-01", "2020-01", "2025-01"]],
])("moments from %s to %s have round places", (from, to, texts) => {
  const found = axisTexts(timeTicks([Date.parse(from), Date.parse(to)], 3), "time");
  expect(found).toEqual(expect.arrayContaining(texts));
});

test("places lie within the axis, in order, not many of them, and no two read the same", () => {
  const finite = fc.double({ min: -1e12, max: 1e12, noNaN: true });
  const kinds = fc.constantFrom("number" as const, "length" as const, "time" as const);
  fc.assert(
    fc.property(finite, finite, kinds, fc.integer({ min: 2, max: 8 }), (a, b, kind, about) => {
      const domain = widened([Math.min(a, b), Math.max(a, b)] as Domain, false);
      const places = axisTicks(domain, about, kind, false);
      expect(places.length).toBeLessThanOrEqual(4 * about + 2);
      expect([...places].sort((x, y) => x - y)).toEqual(places);
      const room = (domain[1] - domain[0]) * 1e-6 + 1e-300;
      for (const place of places) {
        expect(place).toBeGreaterThanOrEqual(domain[0] - room);
        expect(place).toBeLessThanOrEqual(domain[1] + room);
      }
      if (kind !== "time") expect(new Set(axisTexts(places, kind)).size).toBe(new Set(places).size);
    }),
  );
});

test("numbers are short, and far from zero still told apart", () => {
  expect(numberTexts([0, 0.25, 0.5])).toEqual(["0", "0.25", "0.5"]);
  expect(numberTexts([0, 5000, 10_000])).toEqual(["0", "5K", "10K"]);
  expect(numberTexts([1, 1e4, 1e12, 1e17])).toEqual(["1", "10K", "1T", "1e17"]);
  expect(numberTexts([1_000_000.1, 1_000_000.2])).toEqual(["1000000.1", "1000000.2"]);
});

test("values are texts by what they are and what people set", () => {
  expect(valueText(0.123456789, "number", "short")).toBe("0.12346");
  expect(valueText(0.123456789, "number", "full")).toBe("0.123456789");
  expect(valueText(4800, "length", "short")).toBe("1h 20m");
  expect(valueText(0.4, "length", "short")).toBe("0.40s");
  expect(valueText(1.23456e-7, "number", "short")).toBe("1.2346e-7");
  expect(valueText(Number.NEGATIVE_INFINITY, "number", "full")).toBe("−∞");
  expect(valueText(Date.parse("2026-11-02T10:20:05Z"), "time", "short")).toBe("2026-11-02 10:20:05");
  expect(timeText(1e300)).toBe("");
});
