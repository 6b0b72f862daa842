import type { HistoryTable, RunTable } from "@lazyruns/core";
import type { DataFrame } from "nodejs-polars";
import { checkFrameOptions, type FrameOptions } from "../options.ts";
import { buildFrame } from "./build-frame.ts";
import { loadPolars } from "./peer.ts";

/**
 * A polars frame of a table.
 */
export async function toPolars<Row extends object>(
  table: HistoryTable | RunTable<Row>,
  options: FrameOptions = {},
): Promise<DataFrame> {
  checkFrameOptions(options);
  return buildFrame(loadPolars(), table, options);
}
