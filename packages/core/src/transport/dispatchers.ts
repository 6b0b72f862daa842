import type { Dispatcher } from "undici";
import { findProxy } from "./proxy.ts";

/**
 * What sends requests: undici's `Dispatcher` (an `Agent`, a `ProxyAgent`, a `MockAgent`), as far as it is used here.
 * The shape is spelled out so that these types can be read without undici's.
 */
export interface HttpDispatcher {
  dispatch(options: never, handler: never): boolean;
}

/** A dispatcher on loan. */
export interface Loan {
  readonly dispatcher: Dispatcher;
  /** Gives it back; the last to do so closes its sockets. */
  release(): Promise<void>;
}

/** Idle sockets are closed after this, in milliseconds. They keep no process alive. */
const IDLE = 4_000;
/** The longest that a server's own `Keep-Alive` may stretch that. */
const LONGEST_IDLE = 30_000;

const shared = new Map<string, { dispatcher: Dispatcher; users: number }>();

/**
 * Lends the dispatcher for an origin, one for all who use the same proxy and patience: a thousand `Api` objects that
 * nobody closes hold no more sockets than one.
 */
export async function borrowDispatcher(origin: URL, connectTimeout: number): Promise<Loan> {
  const proxy = findProxy(origin);
  const { Agent, EnvHttpProxyAgent } = await import("undici");
  const key = JSON.stringify([proxy, connectTimeout]);
  let entry = shared.get(key);
  if (entry === undefined) {
    const options = {
      keepAliveTimeout: IDLE,
      keepAliveMaxTimeout: LONGEST_IDLE,
      connect: { timeout: connectTimeout },
    };
    const dispatcher =
      proxy === undefined
        ? new Agent(options)
        : new EnvHttpProxyAgent({
            ...options,
            httpProxy: proxy.url,
            httpsProxy: proxy.url,
            noProxy: proxy.noProxy,
            // Many proxies open tunnels to port 443 only; plain http is forwarded, as curl and Python do it.
            proxyTunnel: false,
          });
    entry = { dispatcher, users: 0 };
    shared.set(key, entry);
  }
  entry.users++;
  return { dispatcher: entry.dispatcher, release: () => giveBack(key) };
}

async function giveBack(key: string): Promise<void> {
  const entry = shared.get(key);
  if (entry === undefined || --entry.users > 0) return;
  shared.delete(key);
  await entry.dispatcher.close();
}
