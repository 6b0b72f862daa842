import type { Domain } from "@lazyruns/curves";

/** The window onto curves: from where to where x and y go, and over how many pixels. */
export interface Frame {
  /** In pixels of CSS. */
  readonly width: number;
  readonly height: number;
  readonly x: Domain;
  readonly y: Domain;
  readonly logX: boolean;
  readonly logY: boolean;
}

/** Where in pixels a value lies. */
export type Place = (value: number) => number;

/** How far outside of the frame places are told apart, in its sizes. */
const OUTSIDE = 20;

/** Where values of x lie, from the left. */
export function placeX({ x, width, logX }: Frame): Place {
  return placed(x, 0, width, logX);
}

/** Where values of y lie, from the top. */
export function placeY({ y, height, logY }: Frame): Place {
  return placed(y, height, 0, logY);
}

/** The value at a place. */
export function valueAt([low, high]: Domain, part: number, log: boolean): number {
  if (!log) return low + (high - low) * part;
  return 10 ** (Math.log10(low) + (Math.log10(high) - Math.log10(low)) * part);
}

function placed([low, high]: Domain, from: number, to: number, log: boolean): Place {
  const start = log ? Math.log10(low) : low;
  const end = log ? Math.log10(high) : high;
  // Halved first: the distance between two doubles may be more than a double holds.
  const scale = (to - from) / (end / 2 - start / 2);
  const room = Math.abs(to - from) * OUTSIDE;
  return (value) => {
    const place = from + ((log ? Math.log10(value) : value) / 2 - start / 2) * scale;
    return Math.min(room, Math.max(-room, place));
  };
}
