import { ConfigurationError } from "../errors.ts";

/** Where the Python client of 2026 (0.31) goes when nothing else is configured. */
export const DEFAULT_BASE_URL = "https://api.forge.coreweave.com";

/** The page address under which W&B's new host proxies its API; Python's client maps it to the direct address. */
const PROXIED = "https://forge.coreweave.com/api/wandb";

/**
 * Checks a base URL and gives it without a trailing slash.
 *
 * @throws ConfigurationError when it isn't an http or https URL, or holds a user name or password.
 */
export function normalizeBaseUrl(value: string, source: string): string {
  let url: URL;
  try {
    url = new URL(value);
  } catch (cause) {
    throw new ConfigurationError(
      `The base URL ${quote(value)} (from ${source}) is not a URL. Give one such as ${DEFAULT_BASE_URL}.`,
      { cause },
    );
  }
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    throw new ConfigurationError(
      `The base URL ${quote(value)} (from ${source}) must begin with http:// or https://.`,
    );
  }
  if (url.username !== "" || url.password !== "") {
    throw new ConfigurationError(
      `The base URL of ${url.host} (from ${source}) holds a user name or password. Give the key as apiKey instead.`,
    );
  }
  const plain = `${url.origin}${url.pathname}`.replace(/\/+$/, "");
  return plain === PROXIED ? DEFAULT_BASE_URL : plain;
}

/** A URL that may hold a password is not repeated. */
function quote(value: string): string {
  return value.includes("@") ? "given" : JSON.stringify(value);
}
