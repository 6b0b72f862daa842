const DAY = 86_400_000;

/** A moment in UTC, to the second: `2026-11-02 10:20:05`. */
export function timeText(moment: number): string {
  const date = new Date(moment);
  return Number.isNaN(date.getTime()) ? "" : date.toISOString().slice(0, 19).replace("T", " ");
}

/** Moments of an axis, in UTC: no finer than they differ, and the day where it begins. */
export function timeTexts(places: readonly number[]): string[] {
  const isos = places.map((place) => {
    const date = new Date(place);
    return Number.isNaN(date.getTime()) ? "" : date.toISOString();
  });
  if (isos.every((iso) => iso.endsWith("-01T00:00:00.000Z"))) return isos.map((iso) => iso.slice(0, -17));
  if (places.every((place) => place % DAY === 0)) return isos.map((iso) => iso.slice(0, 10));
  const [from, to] = places.every((place) => place % 60_000 === 0)
    ? [11, 16]
    : places.every((place) => place % 1000 === 0)
      ? [11, 19]
      : [11, 23];
  return isos.map((iso) => (iso.slice(11, 23) === "00:00:00.000" ? iso.slice(5, 10) : iso.slice(from, to)));
}
