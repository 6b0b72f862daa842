import { once } from "node:events";
import type { Context } from "../context.ts";

/** What `lazyruns server` was told. */
export interface ServerCommandOptions {
  readonly data: string;
  readonly port?: number;
  readonly host?: string;
  readonly allowHost?: readonly string[];
  readonly import?: readonly string[];
  readonly parquet?: boolean;
}

/** On loopback a server without a key takes any that is well formed; this one is no secret. */
const ANY_KEY = "local".repeat(8);

/** Serves until it is interrupted, which is how it ends well. */
export async function serve(options: ServerCommandOptions, context: Context): Promise<void> {
  const { startServer } = await import("@lazyruns/local-server");
  const own = process.env.LAZYRUNS_SERVER_KEY || undefined;
  const server = await startServer({
    dataDir: options.data,
    port: options.port ?? 8080,
    host: options.host,
    key: own,
    allowHosts: options.allowHost,
    imports: options.import,
    parquet: options.parquet,
    onImport: (message) => context.say(message),
  });
  process.stdout.write(howToReach(server.url, own !== undefined));
  // A program that started it with a channel and was killed since must not leave it behind.
  const parent = process.connected ? once(process, "disconnect") : new Promise(() => undefined);
  if (!context.signal.aborted) await Promise.race([once(context.signal, "abort"), parent]);
  await server.close();
  process.exit(0);
}

function howToReach(url: string, isKeyed: boolean): string {
  const key = isKeyed ? "..." : ANY_KEY;
  const whose = isKeyed
    ? "the one in LAZYRUNS_SERVER_KEY"
    : 'this one, or any other of 40 or more letters, digits, "_" or "-"';
  return `Lazyruns server at ${url}
  Shell:       export WANDB_BASE_URL=${url} WANDB_API_KEY=${key}
  Python:      WANDB_BASE_URL=${url} WANDB_API_KEY=${key} python train.py
  TypeScript:  new Api({ baseUrl: ${JSON.stringify(url)}, apiKey: "${key}" })
  The API key: ${whose}.
`;
}
