import { InvalidArgumentError } from "./errors.ts";

/** Refuses an option that isn't a whole number within its bounds; an absent one is fine. */
export function checkWhole(
  name: string,
  value: unknown,
  least: number,
  most = Number.MAX_SAFE_INTEGER,
): void {
  if (value === undefined) return;
  if (typeof value !== "number" || !Number.isInteger(value) || value < least || value > most) {
    const allowed = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;
    throw new InvalidArgumentError(`${name} is ${show(value)}; it must be a whole number ${allowed}.`);
  }
}

/** Refuses an option that isn't one of the words allowed; an absent one is fine. */
export function checkWord(name: string, value: unknown, allowed: readonly string[], hint = ""): void {
  if (value === undefined || allowed.includes(value as string)) return;
  const words = allowed.map((word) => JSON.stringify(word)).join(" or ");
  throw new InvalidArgumentError(`${name} is ${show(value)}; it must be ${words}.${hint}`);
}

/** Refuses an entity or project name that can't be one. */
export function checkName(what: string, name: unknown): string {
  if (typeof name === "string" && isName(name) && !name.includes("/")) return name;
  throw new InvalidArgumentError(`${what} is ${show(name)}; it must be a name, without a slash.`);
}

/** Whether there is a name at all. */
export function isName(name: string | undefined): name is string {
  return name !== undefined && name.trim() !== "";
}

/** A value as an error names it: short, on one line. */
export function show(value: unknown): string {
  if (typeof value === "bigint" || typeof value === "number") return String(value);
  const text = typeof value === "function" ? "a function" : (safeStringify(value) ?? String(value));
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

function safeStringify(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}
