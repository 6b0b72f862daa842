import type { Domain } from "@lazyruns/curves";

/** Where a value lies within a range of pixels. */
export type Scale = (value: number) => number;

export function scaleOf([low, high]: Domain, [from, to]: Domain, log: boolean): Scale {
  const at = log ? Math.log10 : (value: number) => value;
  // Divided first: the distance between two doubles may be more than a double holds.
  const span = at(high) / 2 - at(low) / 2;
  return (value) => from + ((at(value) / 2 - at(low) / 2) / span) * (to - from);
}
