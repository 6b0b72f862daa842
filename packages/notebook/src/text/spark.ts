const BARS = "▁▂▃▄▅▆▇█";

/** A curve in one line of text: at most so many bars, each the mean of its part; a gap where there is no number. */
export function sparkText(values: ArrayLike<number>, most = 24): string {
  const bars = Math.min(most, values.length);
  const means = Array.from({ length: bars }, (_, bar) => {
    const start = Math.floor((bar * values.length) / bars);
    return meanOf(values, start, Math.floor(((bar + 1) * values.length) / bars));
  });
  const finite = means.filter(Number.isFinite);
  const low = Math.min(...finite);
  const span = Math.max(...finite) - low;
  return means
    .map((mean) => {
      if (!Number.isFinite(mean)) return " ";
      return BARS[span === 0 ? 3 : Math.round(((mean - low) / span) * (BARS.length - 1))];
    })
    .join("");
}

function meanOf(values: ArrayLike<number>, start: number, end: number): number {
  let sum = 0;
  let count = 0;
  for (let at = start; at < end; at++) {
    const value = values[at] as number;
    if (!Number.isFinite(value)) continue;
    sum += value;
    count++;
  }
  return count === 0 ? Number.NaN : sum / count;
}
