import { InvalidArgumentError } from "commander";

/** Reads the number of a port. */
export function port(text: string): number {
  if (/^\d+$/.test(text) && Number(text) <= 65_535) return Number(text);
  throw new InvalidArgumentError("It must be a number from 0 to 65535.");
}
