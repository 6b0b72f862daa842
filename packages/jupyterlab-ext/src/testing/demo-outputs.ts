import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { HistoryMimeType, RunsMimeType } from "@lazyruns/notebook/mime";

const folder = join(import.meta.dirname, "../../../../apps/demo-notebooks");

export const RUNS: RunsMimeType = "application/vnd.lazyruns.runs.v1+json";
export const HISTORY: HistoryMimeType = "application/vnd.lazyruns.history.v1+json";

interface Notebook {
  readonly cells: readonly { readonly outputs?: readonly { readonly data?: Record<string, unknown> }[] }[];
}

/** The whole bundles of the demo notebooks' outputs that hold JSON of ours. */
export function demoBundles(): Record<string, unknown>[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".ipynb"))
    .flatMap((name) => (JSON.parse(readFileSync(join(folder, name), "utf8")) as Notebook).cells)
    .flatMap(({ outputs }) => outputs ?? [])
    .flatMap(({ data }) => (data !== undefined && (RUNS in data || HISTORY in data) ? [data] : []));
}

/** The JSON of one MIME type in the demo notebooks. */
export function demoJson(mimeType: RunsMimeType | HistoryMimeType): unknown[] {
  return demoBundles().flatMap((bundle) => (mimeType in bundle ? [bundle[mimeType]] : []));
}
