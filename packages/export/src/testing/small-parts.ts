import type { PartLimits } from "../project/stage/part-stager.ts";

/** Limits that make several parts of few rows. */
export const SMALL_PARTS: PartLimits = {
  partRows: 100,
  partBytes: 1_000_000,
  packedBytes: 1_000_000,
  partMs: 60_000,
  pieceRows: 30,
  pieceBytes: 100_000,
};
