import { InvalidArgumentError } from "@lazyruns/core";
import { shared } from "../kernel/shared.ts";

/**
 * Switches the lines off or on that long calls (`histories`, `historyStream`, `table`, `upgradeToFull`) show of how far
 * they are. They are on once this package is imported: an output of the cell in a notebook's kernel, a line on stderr in a
 * terminal, nothing where stderr is piped, and nothing for a call that ends within 300 ms. Calls that are under way
 * keep theirs.
 *
 * @throws InvalidArgumentError when it isn't given true or false
 * @example
 * progress(false);
 */
export function progress(on: boolean): void {
  if (typeof on !== "boolean") {
    throw new InvalidArgumentError(`progress(${String(on)}): it takes true or false.`);
  }
  shared.progress = on;
}
