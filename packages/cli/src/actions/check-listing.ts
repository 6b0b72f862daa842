import type { Api, Runs } from "@lazyruns/core";
import { CommandError } from "../command-error.ts";
import { EXIT } from "../exit-codes.ts";
import { isJsonFilter, readFilters } from "../options/filter.ts";
import type { ListingOptions } from "../options/listing.ts";
import { readOrder } from "../options/order.ts";
import { inOwnNames } from "../options/own-names.ts";

/** Nothing is sent with it: it only lets the library check what it was told. */
const NO_SERVER = { baseUrl: "http://127.0.0.1", apiKey: "0".repeat(40) };

/**
 * Refuses a path and options that no server would take: before a key is looked for, so that what was written wrongly is
 * told of first, and each by itself, so that it is told which condition it is.
 *
 * @param more - checks what else is asked of the runs, by making it and not beginning it
 * @throws CommandError, and what the library throws
 */
export async function checkListing(
  path: string,
  { filter = [], order }: ListingOptions,
  more?: (runs: Runs) => unknown,
): Promise<void> {
  const { Api } = await import("@lazyruns/core");
  const api = new Api(NO_SERVER);
  try {
    const runs = api.runs(path);
    for (const text of filter) checkFilter(api, path, text);
    if (order !== undefined) checkOrder(api, path, order);
    more?.(runs);
  } finally {
    await api.close();
  }
}

function checkFilter(api: Api, path: string, text: string): void {
  const filters = readFilters([text]);
  try {
    api.runs(path, { filters });
  } catch (error) {
    if (isJsonFilter(text)) throw error; // in the library's names, as it is written
    const why = messageOf(error)
      .replace(/^filters has no field/, "there is no field")
      .replace(/^filters\[.*?\]\["\$\w+"\] is /s, "its value is ");
    throw refused(`--filter ${JSON.stringify(text)}: ${inOwnNames(why)}`, error);
  }
}

function checkOrder(api: Api, path: string, text: string): void {
  try {
    api.runs(path, { order: readOrder(text) });
  } catch (error) {
    const why = inOwnNames(messageOf(error)).replace(/^order is ".*?"; /s, "");
    throw refused(`--order ${JSON.stringify(text)}: ${why}`, error);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function refused(message: string, cause: unknown): CommandError {
  return new CommandError(message, EXIT.usage, { cause });
}
