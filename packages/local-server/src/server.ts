import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { StartError } from "./errors.ts";
import { isKey } from "./http/auth.ts";
import { drainable } from "./http/drain.ts";
import { isLoopback, urlHost } from "./http/host.ts";
import { handle } from "./http/routes.ts";
import { importRuns } from "./import/import-runs.ts";
import type { ServerOptions } from "./options.ts";
import { openStore } from "./store/store.ts";

/** A server that is up. */
export interface LocalServer {
  /** Its address, such as `http://127.0.0.1:8080`. */
  readonly url: string;
  readonly host: string;
  readonly port: number;
  /** Ends it: what is under way is answered, then the sockets and the data folder are free. */
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
  if (options.key !== undefined && !isKey(options.key)) {
    throw new StartError(
      'The key must have 40 or more letters, digits, "_" or "-", as W&B\'s clients demand.',
    );
  }
  if (host === "") throw new StartError("The host is empty. Give --host an address of this machine.");
  if (!isLoopback(host) && options.key === undefined) {
    throw new StartError(
      `Others can reach ${host}: give a key (--key or LAZYRUNS_SERVER_KEY) that clients must have.`,
    );
  }
  const store = openStore(options.dataDir);
  try {
    const user = options.user ?? "local";
    for (const path of options.imports ?? []) await importRuns(store, user, path, options.onImport);

    const bound = { host, port: 0 };
    const context = { store, user, crashedAfter: options.crashedAfter ?? 5 * 60_000 };
    const limits = {
      maxBodyBytes: options.maxBodyBytes ?? 64 * 2 ** 20,
      maxFileBytes: options.maxFileBytes ?? 10 * 2 ** 30,
    };
    const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
      void handle({ options, context, bound, ...limits }, request, response);
    });
    const drain = drainable(server);
    await new Promise<void>((resolve, reject) => {
      server.once("error", (error: NodeJS.ErrnoException) => reject(listenError(error, host, options.port)));
      server.listen(options.port ?? 0, host, resolve);
    });
    bound.port = (server.address() as AddressInfo).port;

    let closing: Promise<void> | undefined;
    const close = async () => {
      await drain();
      store.close();
    };
    return {
      url: `http://${urlHost(host)}:${bound.port}`,
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
