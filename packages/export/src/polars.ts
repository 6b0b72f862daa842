import { registerFormat, registerHistoryExports } from "@lazyruns/core";
import { checkFrameOptions, type FrameOptions, loadPolars, toPolars } from "@lazyruns/dataframes/polars";
import type { LazyDataFrame } from "nodejs-polars";
import { exportsReader } from "./parquet/reader.ts";

export { type LazyHistoryOptions, lazyHistory } from "./polars/lazy-history.ts";

declare module "@lazyruns/core" {
  interface HistoryFormats {
    /** A lazy polars frame: over the cached files of a server's exports, where a scan reads such. */
    readonly "polars-lazy": LazyDataFrame;
  }

  interface TableFormats<Row extends object> {
    /** A lazy polars frame. */
    readonly "polars-lazy": LazyDataFrame;
  }

  interface FormatOptions {
    readonly "polars-lazy": FrameOptions;
  }
}

registerHistoryExports(exportsReader);

registerFormat("polars-lazy", {
  check: checkFrameOptions,
  prepare: async () => void loadPolars(),
  readsOnce: true,
  histories: async (table, options) => (await toPolars(table, options)).lazy(),
  table: async (table, options) => (await toPolars(table, options)).lazy(),
});
