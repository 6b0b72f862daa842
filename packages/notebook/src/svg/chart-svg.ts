import { type Domain, domainOf, ticks, widened } from "@lazyruns/curves";
import { durationTexts, numberText } from "../bundle/format.ts";
import type { Axis, Chart } from "../curves/curve.ts";
import { type Html, html, trusted } from "../html/html.ts";
import { curveColor, curveDash } from "./palette.ts";
import { bandPath, linePath } from "./path.ts";
import { scaleOf } from "./scale.ts";

/** How large a chart is, in pixels. */
export interface ChartSize {
  readonly width: number;
  readonly height: number;
}

const TOP = 8;
const EDGE = 2;
const RIGHT = 12;
const BOTTOM = 20;
/** How wide a digit of the labels is, about. */
const DIGIT = 5.6;

/** A chart of curves over a common x. Lines have their own colours, all else that of the text around it. */
export function chartSvg(chart: Chart, axis: Axis | undefined, size: ChartSize, logY = false): Html {
  const { curves, metric } = chart;
  const { width, height } = size;
  const yDomain = widened(chart.domain, logY);
  const xDomain = widened(domainOf(curves.map(({ x }) => x)), false);
  const yTicks = ticks(yDomain, Math.round(height / 32), logY).map((value) => ({
    value,
    text: numberText(value),
  }));
  const left = 10 + DIGIT * Math.max(2, ...yTicks.map(({ text }) => text.length));
  const xOf = scaleOf(xDomain, [left, width - RIGHT], false);
  const bottom = height - BOTTOM;
  const yIn = scaleOf(yDomain, [bottom, TOP], logY);
  // What is far out goes along the edge.
  const yOf = (value: number) => Math.min(bottom, Math.max(EDGE, yIn(value)));
  const xTicks = xLabels(xDomain, axis, Math.max(2, Math.floor((width - left) / 80)));
  const grid = yTicks
    .map(({ value }) => `M${left} ${Math.round(yOf(value)) + 0.5}H${width - RIGHT}`)
    .join("");
  const yTexts = yTicks.map(
    ({ value, text }) =>
      html`<text x="${left - 6}" y="${Math.round(yOf(value)) + 3}" text-anchor="end">${text}</text>`,
  );
  const xTexts = xTicks.map(
    ({ value, text }) =>
      html`<text x="${Math.round(xOf(value))}" y="${height - 6}" text-anchor="middle">${text}</text>`,
  );
  const bands = curves.map((curve) => {
    const path = bandPath(curve, xOf, yOf);
    return path === ""
      ? trusted("")
      : html`<path d="${path}" fill="${curveColor(curve.color)}" fill-opacity=".18" stroke="none"/>`;
  });
  const lines = curves.map((curve) =>
    curve.x.length === 1
      ? html`<circle cx="${xOf(curve.x[0] as number)}" cy="${yOf(curve.y[0] as number)}" r="2.5" fill="${curveColor(curve.color)}"/>`
      : html`<path d="${linePath(curve, xOf, yOf)}" stroke="${curveColor(curve.color)}"${dashed(curve.color)}/>`,
  );
  return html`<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="${`${metric}, ${curves.length} curves`}" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" style="max-width:100%;height:auto;display:block;overflow:hidden"><path d="${grid}" stroke="currentColor" stroke-opacity=".13"/><path d="M${left} ${bottom + 0.5}H${width - RIGHT}" stroke="currentColor" stroke-opacity=".4"/><g fill="currentColor" fill-opacity=".65" font-size="10">${yTexts}${xTexts}</g>${bands}<g fill="none" stroke-width="1.5" stroke-linejoin="round" stroke-linecap="round">${lines}</g></svg>`;
}

function dashed(color: number): Html | undefined {
  const dash = curveDash(color);
  return dash === undefined ? undefined : html` stroke-dasharray="${dash}"`;
}

function xLabels(domain: Domain, axis: Axis | undefined, about: number): { value: number; text: string }[] {
  if (axis?.isTime) return timeLabels(domain, about);
  const isLength = axis?.name === "_runtime";
  const places = ticks(domain, about, false);
  const texts = isLength ? durationTexts(places) : places.map((place) => numberText(place));
  return places.map((value, at) => ({ value, text: texts[at] as string }));
}

/** The beginning and the end of a stretch of time; what both have in common is said once. */
function timeLabels([low, high]: Domain, about: number): { value: number; text: string }[] {
  const inner = (high - low) / (about + 1);
  const sameDay = high - low < 2 * 86_400_000;
  return Array.from({ length: about }, (_, n) => {
    const value = low + inner * (n + 1);
    const iso = new Date(value).toISOString();
    return { value, text: sameDay ? iso.slice(11, inner < 60_000 ? 19 : 16) : iso.slice(0, 10) };
  });
}
