import type { HistoryMimeType, RunsMimeType } from "@lazyruns/notebook/mime";

export const RUNS_MIME_TYPE: RunsMimeType = "application/vnd.lazyruns.runs.v1+json";
export const HISTORY_MIME_TYPE: HistoryMimeType = "application/vnd.lazyruns.history.v1+json";

export function isOurs(mimeType: string): boolean {
  return mimeType === RUNS_MIME_TYPE || mimeType === HISTORY_MIME_TYPE;
}
