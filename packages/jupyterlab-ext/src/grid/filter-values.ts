/** What a written value stands for: all from one end to the other. */
export interface Span {
  readonly from: number | bigint;
  readonly to: number | bigint;
  /** Whether `to` itself is no longer within. */
  readonly isOpen: boolean;
}

/** Reads a number: `-3`, `1e-4`, `1,000`, `inf`, `nan`; whole ones beyond 2^53 exactly. */
export function parseNumber(text: string): Span | undefined {
  const plain = text.replaceAll(/[,_](?=\d{3})/g, "").replace("−", "-");
  if (/^nan$/i.test(plain)) return point(Number.NaN);
  const endless = /^([+-]?)(inf|infinity|∞)$/i.exec(plain);
  if (endless !== null) return point(endless[1] === "-" ? -Infinity : Infinity);
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain)) return undefined;
  const value = Number(plain);
  return point(
    Number.isSafeInteger(value) || !/^[+-]?\d+$/.test(plain) ? value : BigInt(plain.replace("+", "")),
  );
}

const UNITS: Readonly<Record<string, number>> = {
  ms: 0.001,
  s: 1,
  m: 60,
  min: 60,
  h: 3600,
  d: 86_400,
  w: 604_800,
};

/** Reads a length of time as seconds: `90`, `1.5h`, `1h 30m`. */
export function parseDuration(text: string): Span | undefined {
  const bare = parseNumber(text);
  if (bare !== undefined) return bare;
  let seconds = 0;
  let end = 0;
  for (const [all, digits, unit] of text.matchAll(/\s*(\d+\.?\d*|\.\d+)\s*(ms|min|[smhdw])(?![a-z])/giy)) {
    seconds += Number(digits) * (UNITS[(unit as string).toLowerCase()] as number);
    end += all.length;
  }
  return end === 0 || end < text.length ? undefined : point(seconds);
}

const MOMENT = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2}))?)?)?)?$/;

/** Reads a year, month, day, minute or second where the reader is, as milliseconds since 1970. */
export function parseMoment(text: string): Span | undefined {
  const found = MOMENT.exec(text.trim());
  if (found === null) return undefined;
  const given = found
    .slice(1)
    .filter((part) => part !== undefined)
    .map(Number);
  const parts = [0, 1, 1, 0, 0, 0].map((first, index) => given[index] ?? first);
  const from = momentOf(parts);
  if (!isThere(from, parts)) return undefined;
  const next = parts.map((part, index) => (index === given.length - 1 ? part + 1 : part));
  return { from: from.getTime(), to: momentOf(next).getTime(), isOpen: true };
}

function momentOf([year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0]: readonly number[]): Date {
  return new Date(year, month - 1, day, hour, minute, second);
}

/** Whether a day and an hour are those that were written, and not the ones that 31 February is taken for. */
function isThere(date: Date, [, month, day, hour, minute, second]: readonly number[]): boolean {
  const isDay = date.getMonth() + 1 === month && date.getDate() === day;
  return isDay && (hour as number) < 24 && (minute as number) < 60 && (second as number) < 60;
}

function point(value: number | bigint): Span {
  return { from: value, to: value, isOpen: false };
}
