/** A nested value as JSON; what JSON hasn't (bigints, `NaN`) as text within it. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value, plain) ?? "";
}

function plain(_key: string, value: unknown): unknown {
  if (typeof value === "bigint") return value.toString();
  return typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
}
