import { type FormatWarn, type HistoryTable, type RunTable, registerFormat } from "@lazyruns/core";
import type { DataFrame } from "danfojs-node";
import { beginCall, frameOptionsOf } from "./calls.ts";
import { checkDanfoOptions, type DanfoOptions } from "./danfo/options.ts";
import { loadDanfo } from "./danfo/peer.ts";
import { toDanfo } from "./danfo/to-danfo.ts";

export type { DataFrame, Series } from "danfojs-node";
export type { DanfoOptions } from "./danfo/options.ts";
export { toDanfo } from "./danfo/to-danfo.ts";

declare module "@lazyruns/core" {
  interface HistoryFormats {
    /** A danfo frame of all rows. */
    readonly danfo: DataFrame;
  }
  interface TableFormats<Row extends object> {
    /** A danfo frame, one row a run. */
    readonly danfo: DataFrame;
  }
  interface FormatOptions {
    readonly danfo: DanfoOptions;
  }
}

registerFormat("danfo", {
  check: (options) => {
    checkDanfoOptions(options);
    beginCall(options);
  },
  readsOnce: true,
  prepare: async () => {
    loadDanfo();
  },
  histories: makeFrame,
  table: makeFrame,
});

function makeFrame(
  table: HistoryTable | RunTable<object>,
  options: object,
  warn: FormatWarn | undefined,
): Promise<DataFrame> {
  return toDanfo(table, frameOptionsOf(options, warn) as DanfoOptions); // which refuses structs
}
