import { Api, type Condition, type Filters, InvalidArgumentError, type RunsWarning } from "@lazyruns/core";
import type { ExportStream } from "./dataset/manifest.ts";

/** How far an export has come. */
export interface ExportProgress {
  /** What is being done: runs listed, their rows or themselves fetched, the dataset put together. */
  readonly stage: "list" | ExportStream | "runs" | "write";
  readonly done: number;
  readonly total: number;
  readonly unit: "runs" | "rows";
}

/** What of a project is exported, and where to. */
export interface ExportOptions {
  /** The dataset's folder: one that isn't there, is empty, or holds an export of the same. */
  readonly out: string;
  /** The server and the key. Default: those that `new Api()` finds. */
  readonly api?: Api | undefined;
  /** Which runs, as of `api.runs()`. Default: all. */
  readonly filters?: Filters | Condition | null | undefined;
  /** The metrics of the history: rows that hold at least one of them, with `_step`. Default: all rows and metrics. */
  readonly keys?: readonly string[] | null | undefined;
  /** What is exported besides the runs. Default `["history", "system"]`. */
  readonly streams?: readonly ExportStream[] | undefined;
  /** Whether runs that the server doesn't list any more are taken out of the dataset. Default false. */
  readonly prune?: boolean | undefined;
  /** Ends the export; what was fetched is kept, and the next call goes on. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: ExportProgress) => void) | undefined;
  /** Told of what is otherwise than expected. Default: nobody is. */
  readonly onWarning?: ((warning: RunsWarning) => void) | undefined;
}

const STREAMS: readonly ExportStream[] = ["history", "system"];

/** @throws InvalidArgumentError naming the option, its value and what is allowed */
export function checkExportOptions(options: ExportOptions): void {
  const { out, keys, streams, prune, signal } = (options ?? {}) as { [K in keyof ExportOptions]?: unknown };
  if (typeof out !== "string" || out === "" || out.includes("\0")) {
    throw refused("out", out, 'the path of a folder, such as "./my-project"');
  }
  const isKeys = Array.isArray(keys) && keys.length > 0 && keys.every((key) => typeof key === "string");
  if (keys !== undefined && keys !== null && !isKeys)
    throw refused("keys", keys, 'a list of metrics, such as ["loss"]');
  const isStreams =
    Array.isArray(streams) && streams.every((stream) => STREAMS.includes(stream as ExportStream));
  if (streams !== undefined && !isStreams)
    throw refused("streams", streams, 'a list of "history" and "system"');
  if (prune !== undefined && typeof prune !== "boolean") throw refused("prune", prune, "true or false");
  if (signal !== undefined && !(signal instanceof AbortSignal))
    throw refused("signal", signal, "an AbortSignal");
}

/** The connection to use, and what closes it if it is the call's own. */
export function apiOf({ api }: Pick<ExportOptions, "api">): { api: Api; close: () => Promise<void> } {
  if (api !== undefined) return { api, close: async () => undefined };
  const own = new Api();
  return { api: own, close: () => own.close() };
}

function refused(name: string, value: unknown, allowed: string): InvalidArgumentError {
  const shown = typeof value === "object" ? JSON.stringify(value) : String(value);
  return new InvalidArgumentError(`${name} is ${shown}; it must be ${allowed}.`);
}
