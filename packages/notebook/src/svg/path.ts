import type { Points } from "@lazyruns/curves";
import type { Scale } from "./scale.ts";

/** A line through points, as the data of an SVG path. */
export function linePath({ x, y }: Points, xOf: Scale, yOf: Scale): string {
  const steps: string[] = [];
  for (let at = 0; at < x.length; at++) {
    steps.push(`${pixel(xOf(x[at] as number))} ${pixel(yOf(y[at] as number))}`);
  }
  return steps.length === 0 ? "" : `M${steps.join("L")}`;
}

/** The area between the least and the most of points; empty when they have none. */
export function bandPath({ x, low, high }: Points, xOf: Scale, yOf: Scale): string {
  if (low === undefined || high === undefined || x.length < 2) return "";
  const back = { x: Float64Array.from(x).reverse(), y: Float64Array.from(low).reverse() };
  return `${linePath({ x, y: high }, xOf, yOf)}L${linePath(back, xOf, yOf).slice(1)}Z`;
}

/** To a tenth of a pixel. */
function pixel(value: number): string {
  return String(Math.round(value * 10) / 10);
}
