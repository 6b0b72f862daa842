import { domainOf } from "@lazyruns/curves";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Chart } from "../curves/curve.ts";
import { parsedHtml } from "../testing/parsed-html.ts";
import { chartSvg } from "./chart-svg.ts";
import { curveColor, stateColor } from "./palette.ts";

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });

test("a chart of any points has no number that is none, and stays within its frame", () => {
  const size = { width: 300, height: 150 };
  const points = fc.array(fc.tuple(finite, finite), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(points, (made) => {
      const sorted = made.sort(([a], [b]) => a - b);
      const y = Float64Array.from(sorted, ([, value]) => value);
      const curve = { label: "a", color: 0, x: Float64Array.from(sorted, ([x]) => x), y, low: y, high: y };
      const chart: Chart = {
        metric: "loss",
        curves: [curve],
        domain: domainOf([y]),
        beyond: 0,
        curvesLeftOut: 0,
        pointsLeftOut: 0,
      };
      const svg = String(chartSvg(chart, { name: "_step", isTime: false }, size));
      expect(svg).not.toMatch(/NaN|Infinity|undefined/);
      parsedHtml(svg);
      for (const [, path] of svg.matchAll(/ d="M([^"]+)" stroke="#/g)) {
        for (const step of (path as string).split("L")) {
          const [px, py] = step.split(" ").map(Number) as [number, number];
          expect(px >= 0 && px <= size.width && py >= 0 && py <= size.height, step).toBe(true);
        }
      }
    }),
  );
});

test("every colour reads on white and on near black", () => {
  const light = (color: string) => {
    const [r, g, b] = [1, 3, 5].map((at) => {
      const part = Number.parseInt(color.slice(at, at + 2), 16) / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    }) as [number, number, number];
    return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
  };
  const states = ["running", "finished", "failed", "crashed", "killed", "pending", "constructor"].map(
    stateColor,
  );
  for (const color of [...states, ...Array.from({ length: 10 }, (_, at) => curveColor(at))]) {
    expect(light("#ffffff") / light(color), color).toBeGreaterThan(3);
    expect(light(color) / light("#111111"), color).toBeGreaterThan(3);
  }
});
