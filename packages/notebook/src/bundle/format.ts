const WHOLE = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });

/** A count, with commas. */
export function count(value: number): string {
  return WHOLE.format(value);
}

/** A count and its noun: `1 run`, `1,234 runs`. */
export function counted(value: number, what: string): string {
  return `${count(value)} ${what}${value === 1 ? "" : "s"}`;
}

/** A number as people read it: up to five significant digits, commas, an exponent where it is very large or small. */
export function numberText(value: number | bigint): string {
  if (typeof value === "bigint") return value.toString().replace(/\B(?=(\d{3})+$)/g, ",");
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < 1e15) return WHOLE.format(value === 0 ? 0 : value);
  if (size >= 1e15 || size < 1e-4) return shortExponent(value);
  if (size >= 1e5) return WHOLE.format(value);
  const rounded = Number(value.toPrecision(5));
  const [whole = "", fraction] = String(rounded).split(".");
  return fraction === undefined ? WHOLE.format(rounded) : `${commas(whole)}.${fraction}`;
}

function shortExponent(value: number): string {
  return value
    .toExponential(3)
    .replace(/\.?0+e/, "e")
    .replace("e+", "e");
}

function commas(whole: string): string {
  return whole.replace(/\B(?=(\d{3})+$)/g, ",");
}

/** The units of a length of time, each with how many seconds it has. */
const UNITS = [
  ["d", 86_400],
  ["h", 3600],
  ["m", 60],
  ["s", 1],
] as const;

/** A length of time by its two largest units: `2 d 3 h`, `12 m 5 s`, `0.8 s`. */
export function durationText(seconds: number): string {
  if (!Number.isFinite(seconds) || seconds < 0) return "";
  if (seconds < 9.95) return `${Number(seconds.toPrecision(2))} s`;
  const whole = Math.round(seconds);
  const first = UNITS.findIndex(([, size]) => whole >= size);
  const [unit, size] = UNITS[first] as (typeof UNITS)[number];
  const next = UNITS[first + 1];
  const rest = next === undefined ? 0 : Math.floor((whole % size) / next[1]);
  return `${Math.floor(whole / size)} ${unit}${next === undefined || rest === 0 ? "" : ` ${rest} ${next[0]}`}`;
}

const AGES = [
  ["y", 31_557_600],
  ["mo", 2_629_800],
  ["d", 86_400],
  ["h", 3600],
  ["min", 60],
] as const;

/** How long ago something was: `3 h ago`, `2 mo ago`; `just now` within a minute, and for what is to come. */
export function ageText(date: Date, now: Date): string {
  const seconds = (now.getTime() - date.getTime()) / 1000;
  const unit = AGES.find(([, size]) => seconds >= size);
  return unit === undefined ? "just now" : `${Math.floor(seconds / unit[1])} ${unit[0]} ago`;
}

/** A moment to the minute, in UTC. */
export function momentText(date: Date): string {
  if (Number.isNaN(date.getTime())) return "";
  return `${date.toISOString().slice(0, -8).replace("T", " ")} UTC`;
}

/** Names, the first few of them: `a, b, c and 4 more`. */
export function listed(names: readonly string[], most = 6): string {
  const shown = names.slice(0, most).join(", ");
  return names.length > most ? `${shown} and ${count(names.length - most)} more` : shown;
}
