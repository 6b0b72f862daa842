import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { ConfigurationError } from "../errors.ts";
import { DEFAULT_BASE_URL, normalizeBaseUrl } from "./base-url.ts";
import { netrcPassword } from "./netrc.ts";
import { parseSettings } from "./settings-file.ts";

/** The server to read from and the key to read with. */
export interface Credentials {
  readonly baseUrl: string;
  readonly apiKey: string;
  /** Where each was found. */
  readonly foundIn: CredentialsFound;
}

/** Where the API key and the base URL were found: an option, a variable of the environment, a file's path, the default. */
export interface CredentialsFound {
  readonly apiKey: string;
  readonly baseUrl: string;
}

/** Where credentials may be given or looked up; all but the arguments default to this process's own. */
interface CredentialSources {
  apiKey?: string | undefined;
  baseUrl?: string | undefined;
  /** Default `process.env`. */
  env?: Readonly<Record<string, string | undefined>>;
  /** Default: the process's working directory. */
  cwd?: string;
  /** Default: the user's home directory. */
  home?: string;
}

/** Hosts that answer for another one, under whose name older logins stored the key. */
const UPSTREAM = new Map([["api.forge.coreweave.com", "api.wandb.ai"]]);

/** A prefix that ends in a dash may stand in front of on-premises keys; a JWT is three dotted parts. */
const KEY = /^(?:[^-]*-)?[\w-]{40,}$/;
const JWT = /^[\w-]+\.[\w-]+\.[\w-]+$/;

/**
 * Finds the API key and the base URL as the Python client 0.31 does: the arguments, `WANDB_API_KEY` and
 * `WANDB_BASE_URL`, then (for the key) the netrc entry of the base URL's host, then `wandb/settings` in the
 * working directory and the user's own settings file.
 *
 * @throws ConfigurationError that lists where it looked, when there is no key; and for a key or URL that can't be one.
 */
export function findCredentials(sources: CredentialSources = {}): Credentials {
  const { env = process.env, cwd = process.cwd(), home = homedir() } = sources;
  const settings = settingsFiles(env, cwd, home).map((path) => ({ path, values: parseSettings(read(path)) }));
  const fromSettings = (name: string) => settings.find(({ values }) => values.get(name));

  const urlFile = fromSettings("base_url");
  const [url, urlFrom] = sources.baseUrl
    ? [sources.baseUrl, "the baseUrl option"]
    : env.WANDB_BASE_URL
      ? [env.WANDB_BASE_URL, "WANDB_BASE_URL"]
      : [urlFile?.values.get("base_url") ?? DEFAULT_BASE_URL, urlFile?.path ?? "the default"];
  const baseUrl = normalizeBaseUrl(url, urlFrom);
  const found = (key: string, from: string): Credentials => ({
    baseUrl,
    apiKey: checkKey(key, from),
    foundIn: { apiKey: from, baseUrl: urlFrom },
  });

  if (sources.apiKey !== undefined) return found(sources.apiKey, "the apiKey option");
  if (env.WANDB_API_KEY) return found(env.WANDB_API_KEY, "WANDB_API_KEY");

  const { host } = new URL(baseUrl);
  const netrc = netrcFiles(env, home);
  for (const path of netrc) {
    const text = read(path);
    const upstream = UPSTREAM.get(host);
    const key = netrcPassword(text, host) ?? (upstream && netrcPassword(text, upstream));
    if (key) return found(key, path);
  }

  const keyFile = fromSettings("api_key");
  if (keyFile) return found(keyFile.values.get("api_key") ?? "", keyFile.path);

  const looked = ["the apiKey option", "WANDB_API_KEY", ...netrc.map((path) => `${path} (machine ${host})`)];
  throw new ConfigurationError(
    `No API key for ${baseUrl}. Looked in: ${[...looked, ...settings.map(({ path }) => path)].join(", ")}. ` +
      "Set WANDB_API_KEY, run `wandb login`, or pass { apiKey } to new Api().",
    { operation: "finding the API key" },
  );
}

/** Refuses what can't be a W&B key, without repeating it. */
export function checkKey(key: string, source: string): string {
  const trimmed = key.trim();
  if (KEY.test(trimmed) || JWT.test(trimmed)) return trimmed;
  const problem = trimmed === "" ? "is empty" : "has another form";
  throw new ConfigurationError(
    `The API key from ${source} ${problem}: a W&B key has 40 or more letters, digits, "_" or "-".`,
    { operation: "finding the API key" },
  );
}

function settingsFiles(
  env: Readonly<Record<string, string | undefined>>,
  cwd: string,
  home: string,
): string[] {
  const root = env.WANDB_DIR ? resolve(cwd, env.WANDB_DIR) : cwd;
  const user = env.WANDB_CONFIG_DIR ? resolve(cwd, env.WANDB_CONFIG_DIR) : join(home, ".config", "wandb");
  return [join(root, ".wandb", "settings"), join(root, "wandb", "settings"), join(user, "settings")];
}

function netrcFiles(env: Readonly<Record<string, string | undefined>>, home: string): string[] {
  if (env.NETRC) return [env.NETRC.replace(/^~(?=$|[\\/])/, home)];
  return [join(home, ".netrc"), join(home, "_netrc")];
}

/** A file that isn't there, or can't be read, holds nothing. */
function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
