import type { Curve } from "./curves.ts";
import { firstAbove, firstAtLeast, nearestTo } from "./search.ts";

/** A curve's point beside the pointer. */
export interface Hovered {
  readonly curve: Curve;
  readonly index: number;
  readonly x: number;
  readonly y: number;
}

/**
 * The point of each curve that is nearest along x; none of a curve that is nowhere near.
 *
 * @param slack - how far from x a point may be where its curve has begun no more or ended already
 */
export function hoveredAt(curves: readonly Curve[], x: number, slack: number): Hovered[] {
  const found: Hovered[] = [];
  for (const curve of curves) {
    const first = curve.x[0] as number;
    const last = curve.x.at(-1) as number;
    if (x < first - slack || x > last + slack) continue;
    const index = nearestTo(curve.x, x);
    found.push({ curve, index, x: curve.x[index] as number, y: curve.y[index] as number });
  }
  return found;
}

/** The next x of any curve to the right (or to the left) of one; undefined: there is none. */
export function nextX(curves: readonly Curve[], x: number, isRight: boolean): number | undefined {
  const found = curves.flatMap((curve) => {
    const at = isRight ? firstAbove(curve.x, x) : firstAtLeast(curve.x, x) - 1;
    return curve.x[at] ?? [];
  });
  return found.length === 0 ? undefined : isRight ? Math.min(...found) : Math.max(...found);
}
