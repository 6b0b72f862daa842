import { type Domain, type Points, widened } from "@lazyruns/curves";
import { type Html, html } from "../html/html.ts";
import { curveColor } from "./palette.ts";
import { linePath } from "./path.ts";
import { scaleOf } from "./scale.ts";

const WIDTH = 96;
const HEIGHT = 24;

/** A curve as small as a line of text, over domains that it shares with those above and below it. */
export function sparkSvg(
  points: Points,
  domains: { x: Domain; y: Domain },
  color: number,
  label: string,
): Html {
  const xOf = scaleOf(widened(domains.x, false), [2, WIDTH - 4], false);
  const yIn = scaleOf(widened(domains.y, false), [HEIGHT - 3, 3], false);
  const yOf = (value: number) => Math.min(HEIGHT - 1, Math.max(1, yIn(value))); // what is far out goes along the edge
  const last = points.x.length - 1;
  const end = html`<circle cx="${rounded(xOf(points.x[last] as number))}" cy="${rounded(yOf(points.y[last] as number))}" r="1.8" fill="${curveColor(color)}"/>`;
  return html`<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="${label}" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" style="display:block;overflow:hidden"><path d="${linePath(points, xOf, yOf)}" fill="none" stroke="${curveColor(color)}" stroke-width="1.3"/>${end}</svg>`;
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
