import { ConfigurationError } from "../errors.ts";

/** The proxy for one origin, and the hosts that need none; both as the environment has them. */
interface Proxy {
  readonly url: string;
  readonly noProxy: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The proxy that the environment names for an origin: `HTTPS_PROXY` for https, `HTTP_PROXY` for http, in small letters
 * first, as curl and Python read them. The own machine is reached without one, as Go's `net/http` does it: no proxy
 * could reach it.
 *
 * @throws ConfigurationError when it isn't a URL of http or https; it isn't repeated, for it may hold a password.
 */
export function findProxy(origin: URL, env: Environment = process.env): Proxy | undefined {
  const name = origin.protocol === "https:" ? "HTTPS_PROXY" : "HTTP_PROXY";
  const value = env[name.toLowerCase()] || env[name];
  if (!value || isLoopback(origin.hostname)) return undefined;
  const text = value.includes("://") ? value : `http://${value}`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new ConfigurationError(
      `${name} is not the URL of a proxy. Give one such as http://proxy.example:3128, or unset it.`,
    );
  }
  return { url: url.href, noProxy: env.no_proxy || env.NO_PROXY || "" };
}

function isLoopback(host: string): boolean {
  return /^(localhost|.*\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/i.test(host);
}
