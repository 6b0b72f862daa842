import { CommandError } from "./command-error.ts";
import { EXIT } from "./exit-codes.ts";
import { safeText } from "./output/people/safe-text.ts";

/** How a command ended that failed. */
export interface Failure {
  readonly exitCode: number;
  /** What is said to the user; absent when nothing is. */
  readonly message: string | undefined;
}

/** Errors of the library by their names: a copy of it may be another one than ours. */
const CODES: { readonly [name: string]: number } = {
  InvalidArgumentError: EXIT.usage,
  AuthenticationError: EXIT.auth,
  PermissionError: EXIT.auth,
  NotFoundError: EXIT.notFound,
  NetworkError: EXIT.unavailable,
  TimeoutError: EXIT.unavailable,
  RateLimitError: EXIT.unavailable,
  StartError: EXIT.usage,
};

const LIBRARY_ERROR = Symbol.for("lazyruns.error");

/** What an error means for the user: how the command ends, and what is said. */
export function failureOf(error: unknown): Failure {
  if (error instanceof CommandError) return { exitCode: error.exitCode, message: error.message };
  if (!(error instanceof Error)) return { exitCode: EXIT.failed, message: String(error) };
  const isOurs = LIBRARY_ERROR in error || error.name === "StartError";
  const exitCode = isOurs ? libraryCode(error) : EXIT.failed;
  return { exitCode, message: isOurs ? inOurWords(error) : unexpected(error) };
}

function libraryCode(error: Error & { operation?: unknown; status?: unknown }): number {
  if (error.name === "ConfigurationError") {
    return error.operation === "finding the API key" ? EXIT.auth : EXIT.usage;
  }
  if (error.name === "ServerError" && typeof error.status === "number" && error.status >= 500) {
    return EXIT.unavailable;
  }
  return CODES[error.name] ?? EXIT.failed;
}

/** The library speaks to programs: what it says of its options is said of ours. */
function inOurWords({ message }: Error): string {
  return message
    .replace("Looked in: the apiKey option, ", "Looked in: ")
    .replace(
      "Set WANDB_API_KEY, run `wandb login`, or pass { apiKey } to new Api().",
      "Set WANDB_API_KEY or run `wandb login`.",
    )
    .replace(/^filters\b/, "--filter")
    .replaceAll("the baseUrl option", "--base-url")
    .replace("the key option", "LAZYRUNS_SERVER_KEY")
    .replace("Give the key as apiKey instead.", "Set WANDB_API_KEY to the key instead.")
    .replace(
      /^minStep is (\d+) and maxStep (\d+); minStep must/,
      "--min-step is $1 and --max-step $2; --min-step must",
    )
    .replace(": maxStep is the first step", ": --max-step is the first step")
    .replace(/^xAxis is /, "--x-axis is ")
    .replace(/^(keys|columns|fields|config|summary)\[\d+\] is /, "--$1: ")
    .replace(/^(minStep|maxStep) is /, (_, name: string) => `--${name.replace("S", "-s")} is `)
    .replace(/^(samples|limit|start|match|stream|order) is /, "--$1 is ");
}

function unexpected(error: Error): string {
  const { code } = error as NodeJS.ErrnoException;
  if (typeof code === "string" && /^E[A-Z]+$/.test(code)) return error.message;
  return `${error.name}: ${error.message}\nThis was not foreseen. LAZYRUNS_DEBUG=1 shows where it happened.`;
}

/** The lines that tell of a failure. */
export function failureLines(error: unknown, message: string, debug: boolean): string {
  const text = message.split("\n").map(safeText).join("\n");
  const stack = debug && error instanceof Error ? `\n${stackOf(error)}` : "";
  return `lazyruns: ${text}${stack}\n`;
}

function stackOf(error: Error): string {
  const own = error.stack ?? String(error);
  return error.cause instanceof Error ? `${own}\ncaused by ${stackOf(error.cause)}` : own;
}
