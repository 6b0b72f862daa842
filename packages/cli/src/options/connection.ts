import type { Api } from "@lazyruns/core";
import { type Command, InvalidArgumentError } from "commander";

/** Which server is read, and how patiently. */
export interface ConnectionOptions {
  readonly baseUrl?: string;
  readonly timeout?: number;
  readonly progress?: boolean;
}

/** Gives a command the options of what it tells meanwhile. */
export function progressOptions(command: Command): Command {
  return command
    .option("--progress", "tell of progress on standard error, even where it is no terminal")
    .option("--no-progress", "tell of no progress");
}

/** Gives a command the options of its connection, and of what it tells meanwhile. */
export function connectionOptions(command: Command): Command {
  command
    .option(
      "--base-url <url>",
      "the W&B server; default: WANDB_BASE_URL, the settings files of wandb, W&B's cloud",
    )
    .option("--timeout <seconds>", "how long to wait for an answer; default: 60", seconds);
  return progressOptions(command);
}

/** A connection to the server; the key is found as the Python client finds it. */
export async function connect({
  baseUrl,
  timeout,
  maxRetries,
}: ConnectionOptions & { readonly maxRetries?: number }): Promise<Api> {
  const { Api } = await import("@lazyruns/core");
  return new Api({
    baseUrl,
    timeout: timeout === undefined ? undefined : Math.ceil(timeout * 1000),
    maxRetries,
  });
}

function seconds(text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && value > 0 && value <= 86_400) return value;
  throw new InvalidArgumentError("It must be a number of seconds above 0, up to 86400.");
}
