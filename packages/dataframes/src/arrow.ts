import { registerFormat } from "@lazyruns/core";
import type { ArrowTable } from "./arrow/arrow-table.ts";
import { loadFlechette } from "./arrow/flechette.ts";
import { toArrow } from "./arrow/to-arrow.ts";
import { beginCall, frameOptionsOf } from "./calls.ts";
import { checkFrameOptions, type FrameOptions } from "./options.ts";

export { type ArrowColumns, type ArrowColumnsOptions, arrowColumns } from "./arrow/arrow-columns.ts";
export type { ArrowColumn, ArrowDataType, ArrowField, ArrowTable } from "./arrow/arrow-table.ts";
export { fromArrow } from "./arrow/from-arrow.ts";
export { toArrow, toArrowIPC } from "./arrow/to-arrow.ts";
export type { FrameOptions } from "./options.ts";

declare module "@lazyruns/core" {
  interface HistoryFormats {
    /** An Arrow table of flechette's. */
    readonly arrow: ArrowTable;
  }
  interface TableFormats<Row extends object> {
    /** An Arrow table of flechette's. */
    readonly arrow: ArrowTable;
  }
  interface FormatOptions {
    readonly arrow: FrameOptions;
  }
}

registerFormat("arrow", {
  check: (options) => {
    checkFrameOptions(options);
    beginCall(options);
  },
  prepare: async () => void (await loadFlechette()),
  readsOnce: true,
  histories: (table, options, warn) => toArrow(table, frameOptionsOf(options, warn)),
  table: (table, options, warn) => toArrow(table, frameOptionsOf(options, warn)),
});
