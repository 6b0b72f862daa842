import { registerFormat } from "@lazyruns/core";
import type { DataFrame } from "nodejs-polars";
import { beginCall, frameOptionsOf } from "./calls.ts";
import { checkFrameOptions, type FrameOptions } from "./options.ts";
import { loadPolars } from "./polars/peer.ts";
import { toPolars } from "./polars/to-polars.ts";

export type { DataFrame, Series } from "nodejs-polars";
export { checkFrameOptions, type FrameOptions } from "./options.ts";
export { loadPolars, type Polars } from "./polars/peer.ts";
export { polarsNames } from "./polars/polars-names.ts";
export { toPolars } from "./polars/to-polars.ts";

declare module "@lazyruns/core" {
  interface HistoryFormats {
    /** A polars frame, of the package nodejs-polars. */
    readonly polars: DataFrame;
  }

  interface TableFormats<Row extends object> {
    /** A polars frame, of the package nodejs-polars. */
    readonly polars: DataFrame;
  }

  interface FormatOptions {
    readonly polars: FrameOptions;
  }
}

registerFormat("polars", {
  check: (options) => {
    checkFrameOptions(options);
    beginCall(options);
  },
  readsOnce: true,
  prepare: async () => void loadPolars(),
  histories: (table, options, warn) => toPolars(table, frameOptionsOf(options, warn)),
  table: (table, options, warn) => toPolars(table, frameOptionsOf(options, warn)),
});
