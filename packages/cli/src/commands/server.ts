import type { Command } from "commander";
import type { ServerCommandOptions } from "../actions/server.ts";
import type { Context } from "../context.ts";
import { port } from "../options/port.ts";

const EXAMPLES = `
Examples:
  lazyruns server --data ./my-data --import ./wandb
  lazyruns server --data ./my-data --port 0 --parquet
  LAZYRUNS_SERVER_KEY=... lazyruns server --data ./my-data --host 0.0.0.0 --allow-host runs.example`;

/** `lazyruns server`: a W&B-compatible server on this machine. */
export function addServer(program: Command, context: Context): void {
  program
    .command("server")
    .summary("start a small W&B-compatible server on this machine")
    .description(
      "Start a small W&B-compatible server on this machine: the Python client logs to it and reads from it. It runs until Ctrl-C, which ends it with 0. Its key, if it is to have one of its own, comes from LAZYRUNS_SERVER_KEY.",
    )
    .requiredOption("--data <folder>", "where runs are kept; made when it isn't there")
    .option("--port <n>", "the port to listen on, 0 for any that is free; default: 8080", port)
    .option(
      "--host <address>",
      "the address to listen on; one that others reach needs a key; default: 127.0.0.1",
    )
    .option("--allow-host <names...>", "more names under which clients reach it, such as a proxy's")
    .option("--import <folders...>", "folders with .wandb files in them or below, imported before it listens")
    .option("--parquet", "offer the histories of finished runs as Parquet files too, as W&B's servers do")
    .addHelpText("after", EXAMPLES)
    .action(async (options: ServerCommandOptions) => {
      const { serve } = await import("../actions/server.ts");
      await serve(options, context);
    });
}
