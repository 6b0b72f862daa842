const WHOLE = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });

/** How numbers are told: rounded to five digits, or as they are. */
export type NumberFormat = "short" | "full";

/** A count, with commas, whatever the language around it: as the numbers beside it. */
export function count(value: number): string {
  return WHOLE.format(value);
}

/**
 * A number as people read it.
 *
 * @param format - `short` (as without it): up to five significant digits, commas between thousands, whole numbers whole, an
 *   exponent where it is very large or small; `full`: as many digits as tell it from every other double, without commas
 * @example
 * ```ts
 * numberText(1234.5678); // "1,234.6"
 * numberText(1234.5678, "full"); // "1234.5678"
 * ```
 */
export function numberText(value: number | bigint, format: NumberFormat = "short"): string {
  if (typeof value === "bigint") return format === "full" ? value.toString() : commas(value.toString());
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  if (format === "full") return String(value);
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < 1e15) return WHOLE.format(value === 0 ? 0 : value);
  if (size >= 1e15 || size < 1e-4) return shortExponent(value);
  if (size >= 1e5) return WHOLE.format(value);
  const [whole = "", fraction] = String(Number(value.toPrecision(5))).split(".");
  return fraction === undefined ? commas(whole) : `${commas(whole)}.${fraction}`;
}

function shortExponent(value: number): string {
  const [digits = "", power = ""] = value.toExponential(4).split("e");
  return `${Number(digits)}e${power.replace("+", "")}`;
}

function commas(whole: string): string {
  return whole.replace(/\B(?=(\d{3})+$)/g, ",");
}
