/** W&B's cloud: the host whose pages people see, and the API host behind it (Python client 0.31, `lib/urls.py`). */
const CLOUDS = new Map([
  ["forge.coreweave.com", "api.wandb.ai"],
  ["qa.forge.coreweave.com", "api.qa.wandb.ai"],
]);

/**
 * Where the web pages of a server are, without a trailing slash: `WANDB_APP_URL` when it is set, else by the rules of
 * the Python client 0.31 (`util.api_to_app_url`). A self-hosted server's pages are at its own address.
 */
export function appUrl(
  baseUrl: string,
  env: Readonly<Record<string, string | undefined>> = process.env,
): string {
  const given = env.WANDB_APP_URL?.replace(/\/+$/, "");
  if (given) return given;
  const cloud = cloudOf(baseUrl);
  if (cloud !== undefined) return `https://${cloud}/wandb`;
  const direct = baseUrl.includes("://api.wandb.") && !baseUrl.includes("://api.wandb.test");
  return baseUrl.replace("://api.", direct ? "://" : "://app.");
}

/** Every address under which the pages of a server are known; people paste the old ones of the cloud, too. */
export function appUrls(
  baseUrl: string,
  env: Readonly<Record<string, string | undefined>> = process.env,
): string[] {
  const cloud = cloudOf(baseUrl);
  const former = cloud === undefined ? [] : [`https://${CLOUDS.get(cloud)?.replace("api.", "")}`];
  return [...new Set([appUrl(baseUrl, env), appUrl(baseUrl, {}), baseUrl, ...former])];
}

/** The address of a page: each part of its path is encoded as Python's `urllib.parse.quote(part, safe="")` does. */
export function pageUrl(baseUrl: string, ...parts: readonly string[]): string {
  const quote = (part: string) =>
    encodeURIComponent(part).replace(
      /[!'()*]/g,
      (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
    );
  return [appUrl(baseUrl), ...parts.map(quote)].join("/");
}

function cloudOf(baseUrl: string): string | undefined {
  const { hostname } = new URL(baseUrl);
  for (const [host, api] of CLOUDS) if ([host, `api.${host}`, api].includes(hostname)) return host;
  return undefined;
}
