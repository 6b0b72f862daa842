import { LazyrunsError } from "@lazyruns/core";
import type { FileName } from "../remote/file-name.ts";

/** What arrived is no Parquet file, or a broken one: fetched again, it may be whole. */
export class CorruptFileError extends LazyrunsError {
  override readonly name: string = "CorruptFileError";
}

/** Says that a file is broken, and how. */
export function corrupt({ label }: FileName, why: string, cause?: unknown): CorruptFileError {
  return new CorruptFileError(`${label} is not a Parquet file that can be read: ${why}.`, {
    operation: "reading an exported history",
    cause,
  });
}
