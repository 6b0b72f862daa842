import { count } from "@lazyruns/curves";

export { count, durationText, durationTexts, numberText } from "@lazyruns/curves";

/** A count and its noun: `1 run`, `1,234 runs`. */
export function counted(value: number, what: string): string {
  return `${count(value)} ${what}${value === 1 ? "" : "s"}`;
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
