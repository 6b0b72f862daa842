import { InvalidArgumentError } from "@lazyruns/core";
import { checkFrameOptions, type FrameOptions } from "../options.ts";

/** How a table is written to a Parquet file. */
export interface ParquetOptions extends FrameOptions {
  /** How the values are packed. Default `"zstd"`; `"snappy"` is larger and known to older readers. */
  readonly compression?: ParquetCompression | undefined;
  /** Ends the work; no file is left of it. The promise rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** How the values of a Parquet file are packed. */
export type ParquetCompression = "zstd" | "snappy" | "none";

const COMPRESSIONS: readonly unknown[] = ["zstd", "snappy", "none"] satisfies ParquetCompression[];

/**
 * Refuses options that can't be right.
 *
 * @throws InvalidArgumentError naming the option, its value and what is allowed
 */
export function checkParquetOptions(options: unknown): void {
  checkFrameOptions(options);
  const { compression, signal } = options as { readonly [K in keyof ParquetOptions]: unknown };
  if (compression !== undefined && !COMPRESSIONS.includes(compression)) {
    throw new InvalidArgumentError(
      `compression is ${JSON.stringify(compression)}; it must be "zstd", "snappy" or "none".`,
    );
  }
  if (signal !== undefined && !(signal instanceof AbortSignal)) {
    throw new InvalidArgumentError("signal must be an AbortSignal, such as AbortSignal.timeout(60_000).");
  }
}
