import { hostname, networkInterfaces } from "node:os";
import { HttpError } from "../errors.ts";

const LOOPBACK = ["127.0.0.1", "localhost", "[::1]"];

/** Where a server listens, and what else it is called. */
export interface Bound {
  readonly host: string;
  readonly port: number;
  /** Names that clients may use besides the machine's own, each with or without a port; without: at any. */
  readonly allowHosts?: readonly string[];
}

/** Whether an address is this machine's own, reachable from nowhere else. */
export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127(?:\.\d{1,3}){3}$/.test(host);
}

/** A host as it stands in a URL. */
export function urlHost(host: string): string {
  return host.includes(":") ? `[${host}]` : host;
}

/**
 * The host under which a server is reached: the one it listens on, or, when that stands for every address of the
 * machine, the first that others reach.
 */
export function reachableHost(host: string): string {
  if (!isEveryAddress(host)) return host;
  const addresses = Object.values(networkInterfaces()).flatMap((found) => found ?? []);
  const outer = addresses.find(({ family, internal }) => family === "IPv4" && !internal);
  return outer?.address ?? "127.0.0.1";
}

/**
 * Refuses a request whose `Host` isn't the server's own name. A web page may send its visitors' browsers to an
 * address of this machine under a name of its own ("DNS rebinding"); the name gives it away.
 *
 * @returns the address as the client sees it
 */
export function checkHost(header: string | undefined, bound: Bound): string {
  const given = (header ?? "").toLowerCase();
  const [, name = "", port = "80"] = /^(\[[\da-f:.]+\]|[^:/?#@[\]]+)(?::(\d+))?$/.exec(given) ?? [];
  const isOwn = Number(port) === bound.port && ownNames(bound.host).includes(name);
  const allowed = (bound.allowHosts ?? []).map((host) => host.toLowerCase());
  if (name === "" || !(isOwn || allowed.includes(name) || allowed.includes(`${name}:${port}`))) {
    throw new HttpError(421, "The Host header is not this server's; --allow-host names others");
  }
  return `http://${given}`;
}

/** Asked anew for each request: a machine's addresses come and go. */
function ownNames(host: string): string[] {
  const names = [...LOOPBACK, urlHost(host).toLowerCase()];
  if (isLoopback(host)) return names;
  const addresses = Object.values(networkInterfaces()).flatMap((found) => found ?? []);
  return [...names, hostname().toLowerCase(), ...addresses.map(({ address }) => urlHost(address))];
}

function isEveryAddress(host: string): boolean {
  return host === "0.0.0.0" || /^[0:]*:[0:]*$/.test(host);
}
