/** What lies on the way from one value to another: at 0 the one, at 1 the other. Of finite values it is finite. */
export function toward(from: number, to: number, part: number): number {
  const way = to - from;
  // The distance between two doubles may be more than a double holds.
  return Number.isFinite(way) ? from + way * part : from * (1 - part) + to * part;
}
