/** Points in the order of x, all of them finite. */
export interface Points {
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Of a group: the least and the most at each point. */
  readonly low?: Float64Array;
  readonly high?: Float64Array;
}

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
