import { frameNames } from "../columns/plan.ts";
import { Warner } from "../columns/warner.ts";
import type { FrameOptions } from "../options.ts";
import { loadPolars } from "./peer.ts";
import { reservedNames } from "./reserved-names.ts";

/**
 * The names that `toPolars()` gives columns: for frames that polars makes itself, of files, and that should look the same.
 *
 * @param names - of a table's columns
 * @param options - `onWarning` hears of the names that change
 * @returns a name for each, in the same order
 * @throws ConfigurationError, saying what to install, where nodejs-polars isn't there or doesn't load
 * @example
 * polarsNames(["_step", "filter"], { onWarning: () => undefined }); // ["_step", "filter_"]
 */
export function polarsNames(
  names: readonly string[],
  options: Pick<FrameOptions, "onWarning"> = {},
): string[] {
  const kind = { name: "polars", reserves: reservedNames(loadPolars()) };
  return frameNames(names, kind, new Warner(options));
}
