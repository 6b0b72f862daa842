import type { Points } from "@lazyruns/curves";

/** A line of a chart. */
export interface Curve extends Points {
  readonly label: string;
  /** Which colour it has: the same in every chart of an output. */
  readonly color: number;
}

/** One metric, drawn. */
export interface Chart {
  readonly metric: string;
  readonly curves: readonly Curve[];
  /** From where to where y goes. */
  readonly domain: readonly [low: number, high: number];
  /** How many of the curves go beyond that. */
  readonly beyond: number;
  /** How many curves have no room. */
  readonly curvesLeftOut: number;
  /** How many values can't be drawn: NaN, the infinities, what is no number, and on a logarithmic axis what isn't above 0. */
  readonly pointsLeftOut: number;
}

/** What x is: moments are milliseconds since 1970. */
export interface Axis {
  readonly name: string;
  readonly isTime: boolean;
}
