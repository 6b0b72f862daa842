import { domainOf } from "@lazyruns/curves";
import type { Curve } from "./curves.ts";

/** A curve in numbers, as it was logged. */
export interface Summary {
  readonly key: string;
  readonly label: string;
  readonly points: number;
  readonly first: number;
  readonly last: number;
  readonly min: number;
  readonly max: number;
}

/** A curve's first, last, least and most value; of a group of its mean. */
export function summaryOf({ key, label, x, y, raw }: Curve): Summary {
  const logged = raw?.y ?? y;
  const [min, max] = domainOf([logged]);
  return {
    key,
    label,
    points: x.length,
    first: logged[0] as number,
    last: logged.at(-1) as number,
    min,
    max,
  };
}
