const WHOLE = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });

/** A count, with commas. */
export function count(value: number): string {
  return WHOLE.format(value);
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
