import { InvalidArgumentError } from "@lazyruns/core";

/** Refuses what isn't a whole number within these; an absent one is fine. */
export function checkWhole(
  name: string,
  value: unknown,
  least: number,
  most = Number.MAX_SAFE_INTEGER,
): void {
  if (value === undefined) return;
  if (Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most) return;
  const range = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;
  throw new InvalidArgumentError(`${name} is ${shown(value)}; it must be a whole number ${range}.`);
}

/** Refuses what isn't a list of names; an absent one is fine. */
export function checkNames(name: string, value: unknown, example: string): void {
  if (value === undefined) return;
  if (Array.isArray(value) && value.every((item) => typeof item === "string" && item !== "")) return;
  throw new InvalidArgumentError(
    `${name} is ${shown(value)}; it must be a list of names, such as ${example}.`,
  );
}

/** Refuses what isn't a signal; an absent one is fine. */
export function checkSignal(signal: unknown): void {
  if (signal === undefined || signal instanceof AbortSignal) return;
  throw new InvalidArgumentError(`signal is ${shown(signal)}; it must be an AbortSignal.`);
}

function shown(value: unknown): string {
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}
