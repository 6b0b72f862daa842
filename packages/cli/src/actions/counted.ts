import { safeText } from "../output/people/safe-text.ts";

/** A count with its thousands apart, and what is counted. */
export function counted(count: number, what?: string): string {
  const number = count.toLocaleString("en");
  return what === undefined ? number : `${number} ${what}${count === 1 ? "" : "s"}`;
}

/** A number of bytes in its unit. */
export function sized(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const [size, unit] =
    bytes < 1e6 ? [bytes / 1e3, "kB"] : bytes < 1e9 ? [bytes / 1e6, "MB"] : [bytes / 1e9, "GB"];
  return `${size.toFixed(1)} ${unit}`;
}

const SHOWN = 10;

/** Names, and how many more there are. */
export function listed(names: readonly string[]): string {
  const shown = names.slice(0, SHOWN).map(safeText).join(", ");
  return names.length > SHOWN ? `${shown} and ${counted(names.length - SHOWN)} more` : shown;
}
