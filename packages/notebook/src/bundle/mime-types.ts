import type { HistoryMimeType, RunsMimeType, VegaLiteMimeType } from "../mime.ts";

export const RUNS_MIME: RunsMimeType = "application/vnd.lazyruns.runs.v1+json";
export const HISTORY_MIME: HistoryMimeType = "application/vnd.lazyruns.history.v1+json";
export const VEGA_LITE_MIME: VegaLiteMimeType = "application/vnd.vegalite.v5+json";
