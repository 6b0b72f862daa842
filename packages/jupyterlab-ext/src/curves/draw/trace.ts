import type { Points } from "@lazyruns/curves";
import { firstAbove, firstAtLeast } from "../model/search.ts";
import { type Frame, placeX, placeY } from "./frame.ts";

/** What a path is drawn on: a canvas' context, or a `Path2D`. */
export interface Pen {
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
}

/** Stretches of points, from `start` to before `end`, that belong together. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** The points that a frame shows, with one more on either side, cut where the line is broken. */
export function stretchesOf(x: Float64Array, gaps: Float64Array, [from, to]: Frame["x"]): Stretch[] {
  const first = Math.max(0, firstAtLeast(x, from) - 1);
  const end = Math.min(x.length, firstAbove(x, to) + 1);
  const found: Stretch[] = [];
  let start = first;
  let gap = firstAtLeast(gaps, x[first] as number);
  while (start < end && gap < gaps.length) {
    const cut = firstAtLeast(x, gaps[gap] as number);
    if (cut >= end) break;
    if (cut > start) found.push({ start, end: cut });
    start = Math.max(start, cut);
    gap++;
  }
  if (start < end) found.push({ start, end });
  return found;
}

/**
 * Draws a line through points. Where more than two lie in one column, only the lowest and the highest of them, and the
 * line's own ends: with columns of a pixel what is seen is the same.
 *
 * @param column - how wide a column is, in pixels
 */
export function traceLine(
  pen: Pen,
  { x, y: ys }: Points,
  { start, end }: Stretch,
  frame: Frame,
  column: number,
): void {
  const xOf = placeX(frame);
  const yOf = placeY(frame);
  const to = (at: number) => pen.lineTo(xOf(x[at] as number), yOf(ys[at] as number));
  pen.moveTo(xOf(x[start] as number), yOf(ys[start] as number));
  if (end - start <= (2 * frame.width) / column) {
    for (let at = start + 1; at < end; at++) to(at);
    return;
  }
  for (let at = start + 1; at < end; ) {
    const number = Math.floor(xOf(x[at] as number) / column);
    let least = at;
    let most = at;
    for (at++; at < end && Math.floor(xOf(x[at] as number) / column) === number; at++) {
      if ((ys[at] as number) < (ys[least] as number)) least = at;
      if ((ys[at] as number) > (ys[most] as number)) most = at;
    }
    to(Math.min(least, most));
    if (least !== most) to(Math.max(least, most));
  }
  to(end - 1);
}

/** Draws around the area between the least and the most of points. */
export function traceBand(pen: Pen, { x, low, high }: Points, { start, end }: Stretch, frame: Frame): void {
  if (low === undefined || high === undefined) return;
  const xOf = placeX(frame);
  const yOf = placeY(frame);
  pen.moveTo(xOf(x[start] as number), yOf(high[start] as number));
  for (let at = start + 1; at < end; at++) pen.lineTo(xOf(x[at] as number), yOf(high[at] as number));
  for (let at = end - 1; at >= start; at--) pen.lineTo(xOf(x[at] as number), yOf(low[at] as number));
}
