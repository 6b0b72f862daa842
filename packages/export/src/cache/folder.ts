import { homedir, platform } from "node:os";
import { isAbsolute, join, resolve } from "node:path";
import { ConfigurationError } from "@lazyruns/core";

/** Where exported files are kept between calls, and how much of them. */
export interface CacheSettings {
  readonly folder: string;
  readonly maxBytes: number;
}

/** Of what the cache keeps when nothing is said. */
const DEFAULT_MAX_BYTES = 10_000_000_000;

/** The layout of what is below: another layout gets another folder, so that versions don't meet. */
const LAYOUT = "exports-1";

/**
 * What the environment says of the cache: `LAZYRUNS_CACHE_DIR`, else `XDG_CACHE_HOME` (where it is absolute, as
 * https://specifications.freedesktop.org/basedir-spec has it), else where the platform keeps caches.
 *
 * @throws ConfigurationError for a `LAZYRUNS_CACHE_MAX_BYTES` that is no whole number
 */
export function cacheSettings(env: NodeJS.ProcessEnv = process.env): CacheSettings {
  return { folder: join(baseFolder(env), LAYOUT), maxBytes: maxBytesOf(env.LAZYRUNS_CACHE_MAX_BYTES) };
}

function baseFolder(env: NodeJS.ProcessEnv): string {
  const own = env.LAZYRUNS_CACHE_DIR;
  if (own) return resolve(own);
  const xdg = env.XDG_CACHE_HOME;
  if (xdg && isAbsolute(xdg)) return join(xdg, "lazyruns");
  if (platform() === "darwin") return join(homedir(), "Library", "Caches", "lazyruns");
  const local = env.LOCALAPPDATA;
  if (platform() === "win32" && local) return join(local, "lazyruns", "Cache");
  return join(homedir(), ".cache", "lazyruns");
}

function maxBytesOf(text: string | undefined): number {
  if (text === undefined || text === "") return DEFAULT_MAX_BYTES;
  const bytes = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(bytes)) {
    throw new ConfigurationError(
      `LAZYRUNS_CACHE_MAX_BYTES is ${JSON.stringify(text.slice(0, 80))}; it must be a whole number of bytes, such as 10000000000.`,
      { operation: "opening the cache of exported histories" },
    );
  }
  return bytes;
}
