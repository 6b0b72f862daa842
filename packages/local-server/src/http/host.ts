import { HttpError } from "../errors.ts";

const LOOPBACK = ["127.0.0.1", "localhost", "[::1]"];

/** Whether an address is this machine's own, reachable from nowhere else. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127(?:\.\d{1,3}){3}$/.test(host);
}

/** A host as it stands in a URL. */
export function urlHost(host: string): string {
  return host.includes(":") ? `[${host}]` : host;
}

/**
 * Refuses a request whose `Host` isn't the server's own name. A web page may send its visitors' browsers to a
 * loopback address under a name of its own ("DNS rebinding"); the name gives it away.
 *
 * @returns the address as the client sees it
 */
export function checkHost(header: string | undefined, bound: { host: string; port: number }): string {
  const given = (header ?? "").toLowerCase();
  // A server for others can't know all its names; it insists on a key instead.
  const isOpen = !isLoopback(bound.host);
  const own = [...new Set([...LOOPBACK, urlHost(bound.host)])].map((host) => `${host}:${bound.port}`);
  if (
    given === "" ||
    !(isOpen || own.includes(given) || (bound.port === 80 && own.includes(`${given}:80`)))
  ) {
    throw new HttpError(421, "The Host header is not this server's");
  }
  return `http://${given}`;
}
