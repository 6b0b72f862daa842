import { parseArgs } from "node:util";
import manifest from "../package.json" with { type: "json" };
import { StartError } from "./errors.ts";
import { startServer } from "./server.ts";

/** On loopback a server without a key takes any that is well formed; this one is no secret. */
const ANY_KEY = "local".repeat(8);

const HELP = `lazyruns-server: a small W&B-compatible server on this machine

  lazyruns-server --data DIR [--port N] [--host H] [--key K] [--allow-host H]...
                 [--parquet] [--import DIR...]

  --data DIR     where runs are kept; made when it isn't there
  --port N       the port to listen on (default 8080; 0: any that is free)
  --host H       the address to listen on (default 127.0.0.1); one that others reach needs a key
  --key K        the one API key that is accepted; LAZYRUNS_SERVER_KEY does the same and shows in no
                 process list (default: on loopback, any of 40 or more letters, digits, "_" or "-")
  --allow-host H one more name under which clients reach it, such as a proxy's; with or without :PORT
  --parquet      offer Parquet files of the histories of runs that ended, as W&B does
  --import DIR   a folder in which, or anywhere below which, .wandb files lie; their runs are imported before the
                 server listens. More folders may follow. Given again, only what is new is imported: runs, later
                 parts of runs that were resumed, what unfinished runs wrote since. A run that was logged to this
                 server is left as it is.
  --help         this text
  --version      the version, alone
`;

main().catch((error: unknown) => {
  console.error(error instanceof StartError ? `lazyruns-server: ${inOwnWords(error)}` : error);
  process.exitCode = error instanceof StartError ? 2 : 1;
});

function inOwnWords({ message }: StartError): string {
  return message.replace("the key option", "--key (or LAZYRUNS_SERVER_KEY)");
}

async function main(): Promise<void> {
  const { values: options, positionals: folders } = readArguments();
  if (folders.length > 0 && options.import === undefined) {
    throw new StartError(
      `${folders.join(" ")}: what is this for? Folders to import stand behind --import. See --help.`,
    );
  }
  if (options.help) return void process.stdout.write(HELP);
  if (options.version) return console.log(manifest.version);
  if (!options.data) throw new StartError("--data DIR is missing: where are runs to be kept? See --help.");
  const server = await startServer({
    dataDir: options.data,
    port: readPort(options.port),
    host: options.host,
    key: options.key ?? (process.env.LAZYRUNS_SERVER_KEY || undefined),
    allowHosts: options["allow-host"],
    parquet: options.parquet,
    imports: [...(options.import ?? []), ...folders],
    onImport: (message) => console.error(message),
  });
  const isKeyed = Boolean(options.key ?? process.env.LAZYRUNS_SERVER_KEY);
  const key = isKeyed ? "..." : ANY_KEY;
  console.log(`Lazyruns server at ${server.url}`);
  console.log(`  Python:      WANDB_BASE_URL=${server.url} WANDB_API_KEY=${key} python train.py`);
  console.log(`  TypeScript:  new Api({ baseUrl: ${JSON.stringify(server.url)}, apiKey: "${key}" })`);
  console.log(
    `  The API key: ${isKeyed ? "the server's own" : 'this one, or any other of 40 or more letters, digits, "_" or "-"'}.`,
  );
  const stop = () => void server.close().then(() => process.exit(0));
  // A second signal ends it at once: requests that never end must not keep it.
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, stop);
  // A program that started it with a channel and was killed since must not leave it behind.
  if (process.connected) process.once("disconnect", stop);
}

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true, // behind --import
      options: {
        data: { type: "string" },
        port: { type: "string" },
        host: { type: "string" },
        key: { type: "string" },
        "allow-host": { type: "string", multiple: true },
        parquet: { type: "boolean" },
        import: { type: "string", multiple: true },
        help: { type: "boolean", short: "h" },
        version: { type: "boolean" },
      },
    });
  } catch (error) {
    throw new StartError(`${error instanceof Error ? error.message : error} See --help.`);
  }
}

function readPort(text = "8080"): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535)
    throw new StartError(`--port ${text} is no port: give 0 to 65535.`);
  return port;
}
