import type { DataFrame } from "nodejs-polars";
import { ipcStreams } from "../arrow/ipc-stream.ts";
import { planFrame } from "../columns/plan.ts";
import type { FrameSource } from "../columns/source.ts";
import type { FrameOptions } from "../options.ts";
import type { Polars } from "./peer.ts";
import { reservedNames } from "./reserved-names.ts";

/** Rows that go to polars at once: each piece exists twice for a moment, as bytes here and as a frame there. */
const ROWS_AT_ONCE = 32_768;

/** A polars frame of a table, whose bytes go to polars piece by piece. */
export function buildFrame(
  polars: Polars,
  source: FrameSource,
  options: FrameOptions,
  rowsAtOnce = ROWS_AT_ONCE,
): DataFrame {
  const plan = planFrame(source, options, { name: "polars", reserves: reservedNames(polars) });
  const frames: DataFrame[] = [];
  for (const { buffer, byteOffset, byteLength } of ipcStreams(plan, plan.pieces(rowsAtOnce))) {
    frames.push(polars.readIPCStream(Buffer.from(buffer, byteOffset, byteLength))); // which copies what it reads
  }
  plan.warner.finish();
  return polars.concat(frames, { how: "vertical", rechunk: false });
}
