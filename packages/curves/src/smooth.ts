import type { Points } from "./points.ts";
import { toward } from "./toward.ts";

/** Into how many parts the range of x is taken to be cut, so that smoothing doesn't depend on how dense points are. */
const PARTS = 1000;

/**
 * Smoothed as W&B's app does by default: a moving average whose weights fade exponentially with the distance in x,
 * corrected at its beginning, where there is little to average
 * (https://docs.wandb.ai/models/app/features/panels/line-plot/smoothing).
 *
 * @param weight - from 0, which changes nothing, to below 1
 * @param range - how far x goes in the chart
 */
export function smoothed(points: Points, weight: number, range: number): Points {
  if (weight === 0 || points.x.length === 0) return points;
  const { x, y, low, high } = points;
  const keep = Math.min(Math.sqrt(weight), 0.999);
  const smooth = (values: Float64Array) => {
    let mean = 0;
    let weights = 0;
    return values.map((value, at) => {
      const moved =
        at === 0 || range === 0 ? 0 : (((x[at] as number) - (x[at - 1] as number)) / range) * PARTS;
      const fade = keep ** moved;
      weights = weights * fade + 1;
      mean = toward(mean, value, 1 / weights);
      return mean;
    });
  };
  return { x, y: smooth(y), ...(low && { low: smooth(low) }), ...(high && { high: smooth(high) }) };
}
