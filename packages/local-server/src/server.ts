import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { StartError } from "./errors.ts";
import { isServerKey } from "./http/auth.ts";
import { drainable } from "./http/drain.ts";
import { isLoopback, reachableHost, urlHost } from "./http/host.ts";
import { handle } from "./http/routes.ts";
import { importRuns } from "./import/import-runs.ts";
import type { ServerOptions } from "./options.ts";
import { HistoryExports } from "./parquet/history-exports.ts";
import { openStore } from "./store/store.ts";

/** Milliseconds that requests under way get when the server ends. */
const GRACE = 5000;

/**
 * No request as a whole has a limit: a large file takes long to upload. A connection on which nothing moves has
 * (`idleTimeout`), and so has a client that doesn't get its headers out.
 */
export const TIMEOUTS = { requestTimeout: 0, headersTimeout: 60_000, keepAliveTimeout: 60_000 };

/** A server that is up. */
export interface LocalServer {
  /** An address under which it is reached, such as `http://127.0.0.1:8080`. */
  readonly url: string;
  /** What it listens on. */
  readonly host: string;
  readonly port: number;
  /**
   * Ends it: requests that came whole are answered, unless that takes more than 5 seconds, and others are cut off;
   * then the sockets and the data folder are free.
   */
  close(): Promise<void>;
}

/**
 * Starts a W&B-compatible server on a folder. The real `wandb` client logs to it and reads from it, and so does
 * `@lazyruns/core`. What it acknowledged is on disk.
 *
 * @throws StartError for a folder that another server has, an address that others reach without a key, a port that
 *   is taken, or a key that can't be one
 * @example
 * const server = await startServer({ dataDir: "./wandb-data", imports: ["./wandb"] });
 * console.log(server.url);
 * await server.close();
 */
export async function startServer(options: ServerOptions): Promise<LocalServer> {
  const host = options.host ?? "127.0.0.1";
  if (options.key !== undefined && !isServerKey(options.key)) {
    throw new StartError(
      'The key must have 40 or more letters, digits, "_" or "-", as W&B\'s clients demand.',
    );
  }
  if (host === "") throw new StartError("The host is empty. Give --host an address of this machine.");
  if (!isLoopback(host) && options.key === undefined) {
    throw new StartError(`Others can reach ${host}: give the key option a key that clients must have.`);
  }
  const store = openStore(options.dataDir);
  try {
    const user = options.user ?? "local";
    for (const path of options.imports ?? []) await importRuns(store, user, path, options.onImport);

    const bound = { host, port: 0, allowHosts: options.allowHosts ?? [] };
    const exports = options.parquet ? new HistoryExports(store) : undefined;
    const context = { store, exports, user, crashedAfter: options.crashedAfter ?? 5 * 60_000 };
    const limits = {
      maxBodyBytes: options.maxBodyBytes ?? 64 * 2 ** 20,
      maxFileBytes: options.maxFileBytes ?? 10 * 2 ** 30,
    };
    const server = createServer(TIMEOUTS);
    server.setTimeout(options.idleTimeout ?? 5 * 60_000);
    const answer = (request: IncomingMessage, response: ServerResponse) =>
      handle({ options, context, bound, ...limits }, request, response);
    const drain = drainable(server, answer, GRACE);
    await new Promise<void>((resolve, reject) => {
      server.once("error", (error: NodeJS.ErrnoException) => reject(listenError(error, host, options.port)));
      server.listen(options.port ?? 0, host, resolve);
    });
    bound.port = (server.address() as AddressInfo).port;

    let closing: Promise<void> | undefined;
    const close = async () => {
      await drain();
      await exports?.close();
      store.close();
    };
    return {
      url: `http://${urlHost(reachableHost(host))}:${bound.port}`,
      host,
      port: bound.port,
      close: () => {
        closing ??= close();
        return closing;
      },
    };
  } catch (error) {
    store.close();
    throw error;
  }
}

function listenError(error: NodeJS.ErrnoException, host: string, port: number | undefined): Error {
  if (error.code === "EADDRINUSE") {
    return new StartError(
      `Port ${port} of ${host} is taken. Give another --port, or 0 for any that is free.`,
    );
  }
  if (error.code === "EADDRNOTAVAIL" || error.code === "ENOTFOUND")
    return new StartError(`${host} is no address of this machine.`);
  if (error.code === "EACCES")
    return new StartError(`Port ${port} needs rights that this user lacks. Give one above 1023.`);
  return error;
}
