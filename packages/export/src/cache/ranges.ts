/** Bytes from `start` to before `end`. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** The same bytes as few ranges, in order. Ranges that lie at most `gap` bytes apart become one, with what is between. */
export function unite(ranges: Iterable<Range>, gap = 0): Range[] {
  const united: Range[] = [];
  for (const range of [...ranges].sort((a, b) => a.start - b.start)) {
    if (range.end <= range.start) continue;
    const last = united.at(-1);
    if (last === undefined || range.start > last.end + gap) united.push(range);
    else if (range.end > last.end) united[united.length - 1] = { start: last.start, end: range.end };
  }
  return united;
}

/** Whether united ranges hold all bytes of another. */
export function covers(have: readonly Range[], wanted: Range): boolean {
  return (
    wanted.end <= wanted.start || have.some(({ start, end }) => start <= wanted.start && wanted.end <= end)
  );
}

/** What of the wanted bytes isn't there. Both are united. */
export function without(wanted: readonly Range[], have: readonly Range[]): Range[] {
  const missing: Range[] = [];
  for (const { start, end } of wanted) {
    let at = start;
    for (const range of have) {
      if (range.end <= at || range.start >= end) continue;
      if (range.start > at) missing.push({ start: at, end: range.start });
      at = range.end;
    }
    if (at < end) missing.push({ start: at, end });
  }
  return missing;
}

/** How many bytes united ranges hold. */
export function sizeOf(ranges: readonly Range[]): number {
  return ranges.reduce((sum, { start, end }) => sum + end - start, 0);
}

/** Whether a value from elsewhere is a range with a byte or more. */
export function isRange(value: unknown): value is Range {
  if (typeof value !== "object" || value === null) return false;
  const { start, end } = value as { readonly [K in keyof Range]?: unknown };
  return (
    Number.isSafeInteger(start) &&
    Number.isSafeInteger(end) &&
    0 <= (start as number) &&
    (start as number) < (end as number)
  );
}
